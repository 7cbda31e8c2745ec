// Events that listeners are too slow for, and those of the constructor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, every, until } from './setup.js';

const DROPPED = 'events_dropped';
const HELD = every.schema.event_limit;

/** Checks that numbers come in order, each caller's without a hole that no gap stands in; gives how many there were. */
function accounted(told, callers, each) {
    const next = Array(callers).fill(0n);
    let [heard, dropped, open] = [0, 0n, 0n];
    for (const { name, payload } of told) {
        if (name === DROPPED) {
            dropped += payload.count;
            open += payload.count;
            continue;
        }
        const caller = Number(payload / BigInt(each));
        const number = payload % BigInt(each);
        assert(number >= next[caller] && number - next[caller] <= open, `${payload} without a gap before it`);
        open -= number - next[caller];
        next[caller] = number + 1n;
        heard++;
    }
    return { heard, dropped, all: BigInt(heard) + dropped };
}

/** Has callers fire at once, each its own numbers. */
async function burst(context, callers, each) {
    await Promise.all(Array.from({ length: callers }, (_, n) => context.fire_numbers(n * each, each)));
}

test('four callers against a listener that takes its time', { timeout: 300_000 }, async () => {
    const context = await create();
    const told = [];
    const busy = (event) => {
        told.push(event);
        // Up to a millisecond, but not for each: it would be a minute.
        for (const end = performance.now() + (told.length % 16 === 0 ? 1 : 0); performance.now() < end; ) {}
    };
    const onDropped = (count) => told.push({ name: DROPPED, payload: { count } });
    const listener = context.events.on_number.listen(busy, { onDropped });
    await burst(context, 4, 25_000);
    await until(() => accounted(told, 4, 25_000).all === 100_000n);
    assert.equal(listener.dropped, accounted(told, 4, 25_000).dropped);
    await context.close();
    assert.equal(accounted(told, 4, 25_000).all, 100_000n);
});

test('a listener that asks for no gaps is not the end of the process', async () => {
    const context = await create();
    const warnings = [];
    const warned = (warning) => warnings.push(warning.name);
    process.on('warning', warned);
    let heard = 0n;
    const listener = context.events.on_number.listen(() => heard++);
    const fires = context.fire_numbers(0, HELD * 2);
    // Nothing can be delivered meanwhile.
    for (const end = performance.now() + 500; performance.now() < end; ) {}
    await fires;
    await until(() => heard + listener.dropped === BigInt(HELD * 2));
    assert(listener.dropped > 0n);
    await sleep(10);
    assert.deepEqual(warnings, ['FfiEventWarning']);
    process.off('warning', warned);
    await context.close();
});

test('a stream brings what it holds and tells its gaps where they are', async () => {
    for (const source of [(events) => events.on_number, (events) => events]) {
        const context = await create();
        const stream = source(context.events).stream();
        const left = source(context.events).stream();
        const arrived = [];
        context.events.on_number.listen(({ payload }) => arrived.push(payload));
        for (let from = 0; from < HELD * 2; from += HELD / 2) {
            await context.fire_numbers(from, HELD / 2);
            await until(() => arrived.at(-1) === BigInt(from + HELD / 2 - 1));
        }
        const told = [];
        const take = async () => told.push((await stream.next()).value);
        for (let count = 0; count < HELD; count++) {
            await take();
        }
        await context.fire_numbers(HELD * 2, 3);
        await context.close();
        for await (const event of stream) {
            told.push(event);
        }
        const { all, dropped } = accounted(told, 1, HELD * 4);
        assert.equal(all, BigInt(HELD * 2 + 3));
        assert.equal(dropped, BigInt(HELD), 'the library dropped none');
        assert.deepEqual(told[HELD], { name: DROPPED, payload: { count: dropped } }, 'behind what the stream held');
        assert.deepEqual(told.at(-1), { name: 'on_number', payload: BigInt(HELD * 2 + 2) }, 'it goes on');
        await left.close();
        assert.deepEqual(await left.next(), { done: true, value: undefined });
    }
});

test('a constructor is heard from its first event on', async () => {
    const [heard, all] = [[], []];
    let stream;
    const listen = (events) => {
        stream = events.on_number.stream();
        events.on_number.listen(({ payload }) => heard.push(payload));
        events.listen((event) => all.push(event));
    };
    const context = await create({ name: 'fires 3' }, { listen });
    await context.fire_numbers(3, 1);
    for (const expected of [0n, 1n, 2n, 3n]) {
        assert.deepEqual(await stream.next(), { done: false, value: { name: 'on_number', payload: expected } });
    }
    await until(() => all.length === 4);
    assert.deepEqual(heard, [0n, 1n, 2n, 3n]);
    await context.close();
});

test('where nobody listens to a constructor its events are gone', async () => {
    const context = await create({ name: 'fires 3' });
    // The constructor's callback has returned when the worker takes the next call; up to then a listener would still hear.
    await context.fire_numbers(0, 0);
    const stream = context.events.on_number.stream();
    await context.fire_numbers(7, 1);
    assert.equal((await stream.next()).value.payload, 7n);
    await context.close();
});

test('a function that fails to listen ends the context and is told', async () => {
    const fail = () => {
        throw new Error('no');
    };
    await assert.rejects(create({ name: 'fires 3' }, { listen: fail }), { message: 'no' });
    await assert.rejects(create({}, { listen: 7 }), { name: 'ArgumentError' });
    await assert.rejects(create({ failure: 'it is told to' }, { listen: fail }), { name: 'CallError' });
});
