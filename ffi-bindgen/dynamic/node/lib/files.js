// Finds the libraries in a file.
//
// A file is searched for names that may be a library's, and the loader is asked which of them are: so a
// name in debugging information, or in a string of somebody else's, does no harm.

import { readFileSync, realpathSync } from 'node:fs';
import koffi from 'koffi';
import { LoadError } from './errors.js';

const HASH = '_ffi_abi_hash\0';
const LONGEST = 256;

/** Loads a file, and says where it is and which library in it is meant. */
export function open_file(asked, name) {
    const { path, content } = read(asked);
    const names = candidates(content);
    let dll;
    try {
        dll = koffi.load(path);
    } catch (error) {
        throw new LoadError(`${path}: cannot be loaded: ${error.message}`, { cause: error });
    }
    return { path, dll, name: choose(path, name, names.filter((it) => is_library(dll, it)).sort()) };
}

function read(asked) {
    try {
        // A path without a slash would send the loader to the system's folders.
        const path = realpathSync(asked);
        return { path, content: readFileSync(path) };
    } catch (error) {
        throw new LoadError(`${asked}: cannot be read: ${error.message}`, { cause: error });
    }
}

function candidates(content) {
    const found = new Set();
    for (let at = content.indexOf(HASH); at >= 0; at = content.indexOf(HASH, at + 1)) {
        const before = content.subarray(Math.max(0, at - LONGEST), at).toString('utf8');
        const stem = /[\p{L}\p{N}_]*$/u.exec(before)[0];
        // Linkers let a name share the end of a longer one, and macOS begins each with an underscore.
        for (let start = 0; start < stem.length; start++) {
            found.add(stem.slice(start));
        }
    }
    return [...found].filter((name) => /^[\p{L}_]/u.test(name));
}

function is_library(dll, name) {
    try {
        return ['schema', 'abi_hash', 'call_cbor'].every((rest) => dll.symbol(`${name}_ffi_${rest}`) !== null);
    } catch {
        return false;
    }
}

function choose(path, asked, found) {
    if (found.length === 0) {
        throw new LoadError(`${path}: carries no schema: it was not made with #[ffi]`);
    }
    if (asked === undefined && found.length > 1) {
        throw new LoadError(`${path}: holds several libraries, name one: ${found.join(', ')}`);
    }
    if (asked !== undefined && !found.includes(asked)) {
        throw new LoadError(`${path}: holds no library ${asked}; there are ${found.join(', ')}`);
    }
    return asked ?? found[0];
}
