// The callback that a library is given: its type, its codes, and what it is told.

import koffi from 'koffi';

export const RET_OK = 0;
export const RET_STALE_WARN = 3;

export const CALLBACK = koffi.pointer(koffi.proto('void', ['int', 'void *', 'size_t', 'size_t']));

/** What a callback is given is gone when it returns. */
export function copied(address, size) {
    return size === 0 ? new Uint8Array(0) : koffi.decode(address, 'uint8_t', size);
}
