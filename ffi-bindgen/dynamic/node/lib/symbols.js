/** What `await using` looks for, also where the engine does not know it yet. */
export const ASYNC_DISPOSE = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose');
