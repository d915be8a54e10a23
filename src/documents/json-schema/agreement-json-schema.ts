/**
 * Here the schema of an agreement is described to other programs, so that editors complete, explain and check it. It is
 * made from the schema that reads agreements and says nothing of its own; what names what, only the product checks.
 */
import * as z from 'zod';
import { agreementSchema } from '../agreement-schema.js';
import { alternativesOf } from '../schema-flaws.js';
import { descriptions } from './descriptions.js';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema (draft 2020-12) of an agreement's document, with a description at every key. */
export function agreementJsonSchema(): JsonSchema {
  const { $schema, ...schema } = jsonSchemaOf(agreementSchema);
  const described = describedBelow(schema, []);
  return { ...($schema && { $schema }), title: 'Handoff agreement', ...described };
}

const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const among = alternativesOf(zodSchema);
      if (among !== undefined) jsonSchema.anyOf = among.map(partOf);
    },
  });

/** A schema that stands within another one. */
function partOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...part } = jsonSchemaOf(schema);
  return part;
}

type Path = readonly string[];

/** The schema with descriptions for itself and all below it. */
function describedBelow(schema: JsonSchema, path: Path): JsonSchema {
  const description = descriptions[placeOf(path)];
  const { properties, additionalProperties, items, anyOf } = schema;
  const below = (part: unknown, key: string) => describedBelow(part as JsonSchema, [...path, key]);
  return {
    ...schema,
    ...(description !== undefined && { description }),
    ...(properties && { properties: mapValues(properties, below) }),
    ...(isSchema(additionalProperties) && { additionalProperties: below(additionalProperties, '*') }),
    ...(isSchema(items) && { items: below(items, '*') }),
    ...(anyOf && { anyOf: anyOf.map((part) => describedBelow(part, path)) }),
  };
}

const isSchema = (part: unknown): part is JsonSchema => typeof part === 'object' && part !== null;

/** Lists of conditions, wherever they stand. */
const conditionLists = new Set(['when', 'fit', 'engagement', 'exclude', 'highPriority']);

function placeOf(path: Path): string {
  const [list, , key] = path.slice(-3);
  if (key === undefined) return path.join('.');
  if (conditionLists.has(list!)) return `condition.${key}`;
  return path[0] === 'reasons' && path.length === 4 ? `reason.${key}` : path.join('.');
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
