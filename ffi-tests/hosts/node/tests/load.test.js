// What cannot be loaded, and why.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, LoadError } from 'ffi-host';
import { FOLDER, path } from './setup.js';

function refused(file, text, options) {
    assert.throws(() => load(file, options), (error) => {
        assert(error instanceof LoadError && error.name === 'LoadError', error);
        assert(error.message.includes(text), error.message);
        return true;
    });
}

test('files that are none', () => {
    refused('no/such/libevery.so', 'cannot be read: ENOENT');
    refused(FOLDER, 'cannot be read: EISDIR');
    const folder = mkdtempSync(join(tmpdir(), 'ffi-host-'));
    writeFileSync(join(folder, 'text.so'), '\0every_ffi_abi_hash\0');
    refused(join(folder, 'text.so'), 'cannot be loaded: ');
    rmSync(folder, { recursive: true });
});

test('libraries without a schema, with a newer one, with none that can be read', () => {
    refused(path('without_schema'), 'carries no schema: it was not made with #[ffi]');
    refused(path('newer'), 'its schema has format 3, this package reads up to 2: use a newer one');
    refused(path('malformed'), 'its schema is not one');
});

test('libraries with kinds that this package does not know', () => {
    refused(path('strange_type'), 'a type is a mist, which this package does not know');
    refused(path('strange_scalar'), 'a type is strong, which this package does not know');
    refused(path('strange_shape'), 'is a secret, which this package does not know');
});

test('several libraries in one file', async () => {
    refused(path('benched'), 'holds several libraries, name one: benched, spinning');
    refused(path('benched'), 'holds no library other; there are benched, spinning', { name: 'other' });
    for (const name of ['benched', 'spinning']) {
        const context = await load(path('benched'), { name }).create();
        assert.equal(await context.give(7), 7);
        await context.close();
    }
});
