// Runs every vector, and compares values and bytes.
//
//     node conformance.js LIBRARY VECTORS

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CallError, load } from 'ffi-host';
import { Native } from '../lib/native.js';
import { Decoder } from '../lib/decode.js';
import { value } from './values.js';

/** What the package gives the library, noted on its way. */
const sent = [];
for (const [name, index] of Object.entries({ create: 1, call: 2 })) {
    const entry = Native.prototype[name];
    Native.prototype[name] = function (...args) {
        sent.push(Buffer.from(args[index]).toString('hex'));
        return entry.apply(this, args);
    };
}

const [path, file] = process.argv.slice(2);
const { library: name, setup, vectors } = JSON.parse(readFileSync(file, 'utf8'));
const library = load(path, { name });
const { schema } = library;
const decoder = new Decoder(schema);
const functions = new Map(schema.functions.map((fn) => [fn.symbol, fn]));

function values({ params }, request) {
    return params.map((param) => value(schema, param.type, request[param.name]));
}

async function answer(context, fn, request) {
    const called = (fn.kind === 'method' ? context : library)[fn.name];
    try {
        return { response: await called(...values(fn, request)) };
    } catch (error) {
        assert(error instanceof CallError, error);
        assert.equal(error.function, fn.symbol);
        return { error: error.message };
    }
}

async function run(context, vector) {
    const fn = functions.get(vector.function);
    const stream = context.events.stream();
    const answered = await answer(context, fn, vector.request);
    const response = 'error' in vector ? undefined : value(schema, fn.returns, vector.response);
    assert.deepEqual(answered, 'error' in vector ? { error: vector.error } : { response }, vector.name);
    assert.deepEqual(sent.splice(0), 'request_cbor' in vector ? [vector.request_cbor] : [], vector.name);
    if ('response_cbor' in vector) {
        const read = decoder.reader(vector.name, fn.returns)(Buffer.from(vector.response_cbor, 'hex'));
        assert.deepEqual(fn.returns === null ? undefined : read, response, vector.name);
    }
    for (const event of vector.events ?? []) {
        await heard(stream, event);
    }
    await stream.close();
}

async function heard(stream, { name, payload, cbor }) {
    const { type } = { type: schema.events.find((event) => event.name === name).payload };
    const expected = { name, payload: value(schema, type, payload) ?? null };
    const { value: event } = await stream.next();
    assert.deepEqual(event, expected);
    assert.deepEqual(decoder.event(name, name, Buffer.from(cbor, 'hex')), expected);
}

const context = await library[functions.get(setup.function).name](...values(functions.get(setup.function), setup.request));
assert.deepEqual(sent.splice(0), [setup.request_cbor]);
let ran = 0;
for (const vector of vectors) {
    await run(context, vector);
    ran += 1;
}
await context.close();
console.log(`${ran} vectors`);
