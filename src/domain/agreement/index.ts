/** The agreement's types and nothing else; whoever needs to read a file asks `src/documents`. */
export * from './terms.js';
