// Loads any library made with `#[ffi]` at run time, and offers its functions from its own schema.

export { ArgumentError, CallError, ClosedError, FailureError, FfiError, LoadError } from './lib/errors.js';
export { load } from './lib/library.js';
