#!/usr/bin/env node
// What PRISMA_SCHEMA_ENGINE_BINARY names: Prisma starts it in place of the engine that it would download.
import { register } from 'tsx/esm/api';

register();
const { runSchemaEngine } = await import('./schema-engine.ts');
await runSchemaEngine(process.argv.slice(2));
