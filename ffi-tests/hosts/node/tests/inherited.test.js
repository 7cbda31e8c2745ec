// What every object of JavaScript inherits is no key of a record, in what is sent and in answers.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../node_modules/cborg/cborg.js';
import { ArgumentError } from 'ffi-host';
import { Decoder } from '../../lib/decode.js';
import { Encoder } from '../../lib/encode.js';
import { read } from '../../lib/schema.js';

const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'then', 'toJSON', 'prototype', 'length', 'name'];

const member = (type) => (name) => ({ name, docs: '', type });
const record = (name, type) => ({ name, path: name, docs: '', shape: { record: { fields: NAMES.map(member(type)) } } });
const schema = read('here', {
    format: 1,
    name: 'lib',
    version: '',
    docs: '',
    functions: [],
    events: [{ name: 'on_it', docs: '', payload: { named: 'Needed' } }],
    types: [record('Needed', 'u8'), record('Optional', { option: 'u8' })],
});

// The request of a parameter of each kind.
const encoder = new Encoder(schema);
const encode = (type) => encoder.request({ symbol: 'lib_f', params: [{ name: 'it', type: { named: type } }] });
const [needed, optional] = [encode('Needed'), encode('Optional')];

const full = Object.fromEntries(NAMES.map((name, index) => [name, index]));
const entries = (bytes) => [...decode(bytes, { useMaps: true }).get('it')];

test('a key that is only inherited is missing', () => {
    for (const name of NAMES) {
        const { [name]: _, ...rest } = full;
        const path = { name: 'ArgumentError', message: `lib_f: it.${name}: is missing` };
        assert.throws(() => needed({ it: rest }), path);
        assert.deepEqual(entries(optional({ it: rest })), NAMES.map((key) => [key, key === name ? null : full[key]]));
    }
    assert.throws(() => needed({ it: Object.create(full) }), ArgumentError);
    assert.deepEqual(entries(optional({ it: {} })), NAMES.map((name) => [name, null]));
});

test('a parameter that is only inherited is missing', () => {
    const request = encoder.request({ symbol: 'lib_f', params: [{ name: 'constructor', type: 'u8', is_optional: false }] });
    assert.throws(() => request({}), { message: 'lib_f: constructor: is missing' });
});

test('a key of such a name crosses', () => {
    assert.deepEqual(entries(needed({ it: full })), Object.entries(full));
    assert.deepEqual(entries(optional({ it: Object.assign(Object.create(null), { toString: 3 }) }))[NAMES.indexOf('toString')], [
        'toString',
        3,
    ]);
});

test('an answer has keys of its own alone', () => {
    const decoder = new Decoder(schema);
    const value = (type, bytes) => decoder.reader('lib_f', { named: type })(bytes);
    // The record in the request: behind the map's head and the key.
    const sent = needed({ it: full }).subarray(4);
    const answer = value('Needed', sent);
    assert.equal(Object.getPrototypeOf(answer), Object.prototype);
    assert.deepEqual(Object.entries(answer), Object.entries(full));
    for (const name of NAMES) {
        assert.ok(Object.hasOwn(answer, name), name);
    }
    assert.throws(() => value('Needed', Uint8Array.of(0xa0)), /its answer cannot be read: constructor: is missing/);
    assert.deepEqual(Object.entries(value('Optional', Uint8Array.of(0xa0))), NAMES.map((name) => [name, null]));
    const event = Buffer.concat([Buffer.from('a2696576656e7454797065656f6e5f6974677061796c6f6164', 'hex'), sent]);
    assert.deepEqual(Object.entries(decoder.event('on_it', 'on_it', event).payload), Object.entries(full));
    const unknown = Buffer.concat([Buffer.from('a2696576656e745479706565', 'hex'), Buffer.from('other'), Buffer.from('677061796c6f6164', 'hex'), sent]);
    assert.deepEqual(Object.entries(decoder.event('all', null, unknown).payload).map(([name]) => name), NAMES);
});
