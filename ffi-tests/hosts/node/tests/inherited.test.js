// What every object of JavaScript inherits is no key of a record and no variant, in what is sent and in answers.

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
const variant = (payload, fields) => (name) => ({ name, docs: '', payload, fields: fields.map(member('u8')) });
const variants = [...NAMES.map(variant('unit', [])), variant('fields', [...NAMES, 'type', 'type_'])('Held')];
const choice = { name: 'Choice', path: 'Choice', docs: '', shape: { data_enum: { variants } } };
const schema = read('here', {
    format: 2,
    name: 'lib',
    version: '',
    docs: '',
    functions: [],
    events: [{ name: 'on_it', docs: '', payload: { named: 'Needed' } }],
    types: [record('Needed', 'u8'), record('Optional', { option: 'u8' }), choice],
});

// The request of a parameter of each kind.
const encoder = new Encoder(schema);
const encode = (type) => encoder.request({ symbol: 'lib_f', params: [{ name: 'it', property: 'it', type: { named: type } }] });
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
    const request = encoder.request({ symbol: 'lib_f', params: [{ name: 'constructor', property: 'constructor', type: 'u8' }] });
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

test('a variant, and the fields of one, of such a name cross', () => {
    const [send, answer] = [encode('Choice'), new Decoder(schema).reader('lib_f', { named: 'Choice' })];
    const given = (value) => answer(send({ it: value }).subarray(4));
    for (const type of NAMES) {
        assert.deepEqual(given(type), { type });
    }
    const held = { type: 'Held', ...full, type__: 100, type_: 101 };
    assert.deepEqual(Object.entries(given(held)), Object.entries(held));
    const { toString: _, ...rest } = held;
    assert.throws(() => given(rest), { name: 'ArgumentError', message: 'lib_f: it.Held.toString: is missing' });
    assert.throws(() => given(Object.create({ type: 'then' })), { message: 'lib_f: it.type: is missing' });
    assert.throws(() => given('hasOwn'), /^ArgumentError: lib_f: it: 'hasOwn' is no Choice; there are /);
});
