// The libraries, of which `FFI_LIBRARIES` is the folder.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'ffi-host';

const ENDING = process.platform === 'darwin' ? '.dylib' : '.so';

export const FOLDER = process.env.FFI_LIBRARIES;
export const path = (name) => join(FOLDER, `lib${name}${ENDING}`);
export const every = load(path('every'));
export const timer = load(path('my_timer'));
export const echo = load(path('echo'));

/** A context of the library with every type. */
export const create = (config = {}, options = {}) => every.create({ name: '', delay_ms: 0, ...config }, options);

/** Waits until something holds. */
export async function until(holds) {
    for (let round = 0; !(await holds()); round++) {
        if (round > 3000) {
            throw new Error(`never came: ${holds}`);
        }
        await sleep(10);
    }
}
