// A thread does not inherit the loader of TypeScript, and `--import tsx` registers it in the main thread only.
import { register } from 'tsx/esm/api';

register();
await import('./fold-share.ts');
