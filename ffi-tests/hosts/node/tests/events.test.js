// Events: streams, functions, removal, the end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClosedError } from 'ffi-host';
import { Decoder } from '../../lib/decode.js';
import { create, every } from './setup.js';

async function taken(stream, count) {
    const events = [];
    while (events.length < count) {
        events.push((await stream.next()).value);
    }
    return events;
}

test('in order and whole', async () => {
    const context = await create();
    const stream = context.events.on_number.stream();
    await context.fire_numbers(0, 500);
    const expected = Array.from({ length: 500 }, (_, n) => ({ name: 'on_number', payload: BigInt(n) }));
    assert.deepEqual(await taken(stream, 500), expected);
    await context.close();
});

test('all events in one stream', async () => {
    const context = await create();
    const stream = context.events.stream();
    await context.fire_text('a');
    await context.fire_several(1, 'b', null);
    assert.deepEqual(await taken(stream, 2), [
        { name: 'on_text', payload: 'a' },
        { name: 'on_several', payload: { whichOne: 1, text: 'b', class: null } },
    ]);
    await context.close();
});

test('the end of the context ends a stream', async () => {
    const context = await create();
    const stream = context.events.on_number.stream();
    const waits = context.events.on_text.stream().next();
    await context.fire_numbers(0, 3);
    await context.close();
    const heard = [];
    for await (const { payload } of stream) {
        heard.push(payload);
    }
    assert.deepEqual(heard, [0n, 1n, 2n]);
    assert.deepEqual(await waits, { done: true, value: undefined });
    assert.throws(() => context.events.stream(), ClosedError);
});

test('a stream that is left hears no more', async () => {
    const context = await create();
    const fires = context.fire_numbers_slowly(0, 100, 1);
    let left;
    for await (const { payload } of (left = context.events.on_number.stream())) {
        assert(payload >= 0n);
        break;
    }
    assert.deepEqual(await left.next(), { done: true, value: undefined });
    await fires;
    await context.close();
});

test('listeners, until they are removed', async () => {
    const context = await create();
    const heard = [];
    const listener = context.events.on_number.listen(({ payload }) => heard.push(payload));
    const stream = context.events.on_number.stream();
    await context.fire_numbers(0, 10);
    await taken(stream, 10);
    assert.deepEqual(heard, Array.from({ length: 10 }, (_, n) => BigInt(n)));
    await Promise.all([listener.remove(), listener.remove()]);
    await context.fire_numbers(10, 10);
    await taken(stream, 10);
    assert.equal(heard.length, 10, 'it was removed');
    assert.throws(() => context.events.listen(), TypeError);
    await context.close();
});

test('removed while events stream in, from within and from without', async () => {
    const context = await create();
    const fires = context.fire_numbers_slowly(0, 200, 1);
    for (let round = 0; round < 20; round++) {
        let heard = 0;
        const within = context.events.listen(() => (heard++, within.remove()));
        const without = context.events.on_number.listen(() => {});
        const stream = context.events.on_number.stream();
        await stream.next();
        await Promise.all([without.remove(), stream.close()]);
        await within.remove();
        assert(heard <= 1);
    }
    await fires;
    await context.close();
});

test('an unknown one that nests beside a key that is no text', () => {
    // {0: 0, "x": [[[…]]]}: an event of a newer library, and any value nests as deep as a variant may.
    const message = `a2696576656e74547970656161677061796c6f6164a200006178${'81'.repeat(126)}00`;
    const { name, payload } = new Decoder(every.schema).event('all', null, Buffer.from(message, 'hex'));
    assert.deepEqual({ name, depth: JSON.stringify(payload).split('[').length - 1 }, { name: 'a', depth: 126 });
});
