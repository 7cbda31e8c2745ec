// The callback that a library is given: its type, its codes, and what it is told.

import koffi from 'koffi';
import { FAILURE, UNKNOWN } from './errors.js';

export const RET_OK = 0;
const RET_ERR = 1;
const RET_FAILURE = 4;
export const RET_STALE_WARN = 3;

export const CALLBACK = koffi.pointer(koffi.proto('void', ['int', 'void *', 'size_t', 'size_t']));

/** The number of the kind of an error, behind the NUL of its text; 0 where there is none. */
export function error_in(ret, address, size) {
    if (ret === RET_OK || ret === RET_STALE_WARN) {
        return 0;
    }
    if (ret === RET_FAILURE) {
        return FAILURE;
    }
    return (ret === RET_ERR && koffi.decode(address, size + 1, 'uint8_t')) || UNKNOWN;
}

/** What a callback is given is gone when it returns. */
export function copied(address, size) {
    return size === 0 ? new Uint8Array(0) : koffi.decode(address, 'uint8_t', size);
}
