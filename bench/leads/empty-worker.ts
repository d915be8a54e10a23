import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import { connectWorker, createWorker } from '../../src/temporal/worker.js';

/** A worker like the product's own in all but its workflow, which is empty. */
const { TEMPORAL_ADDRESS: address = '', TEMPORAL_NAMESPACE: namespace = '' } = process.env;
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger });
const workflowsPath = fileURLToPath(new URL('./empty-workflow.ts', import.meta.url));
const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger });
const connection = await connectWorker({ address, namespace });
const worker = await createWorker({ connection, namespace, workflowBundle, activities: {} });
await worker.run();
await connection.close();
