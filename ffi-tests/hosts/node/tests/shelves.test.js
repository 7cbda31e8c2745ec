// Collections, tuples, arrays, times, wide integers, paths and addresses.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArgumentError, CallError, FfiError } from 'ffi-host';
import { Decoder } from '../../lib/decode.js';
import { read } from '../../lib/schema.js';
import { create, every } from './setup.js';

const bytes = (...values) => new Uint8Array(values);

const NOON = new Date('2024-02-29T12:00:00.250Z');

const SHELF = {
    scores: new Map([['a', 1], ['bb', -2]]),
    points: new Map([['top', { x: 0.5, y: null }]]),
    names: new Map([[1n, []], [-1n, ['below']]]),
    nested: new Map([[false, new Map()], [true, new Map([['a', 1]])]]),
    by_place: [[[0, 1], 'corner'], [[-1, 0], null]],
    words: new Set(['one', 'three']),
    numbers: new Set([0, 255]),
    colours: [bytes(0, 0, 0), bytes(255, 0, 128)],
    pair: ['pair', 7n],
    single: [0.5],
    digest: bytes(1, 2, 3, 4),
    axes: ['x', 'y'],
    grid: [[1, 2], [3, 4], [5, 6]],
    timeout: 1500.25,
    since: NOON,
    until: null,
    signed: -(1n << 127n),
    unsigned: (1n << 128n) - 1n,
    rows: 1,
    columns: 80,
    path: '/shelf/a b',
    address: '::1',
    peer: '127.0.0.1:80',
    shared: { x: 0, y: null },
    label: 'label',
    marks: [1, 2],
    title: 'title',
    note: 'note',
    rest: [{ x: 1, y: 2 }],
    queue: ['first'],
    ring: bytes(1, 2),
};

test('each', async () => {
    const context = await create();
    const given = every.echo_shelf_here(SHELF);
    assert.deepEqual(given, SHELF);
    // As they are written: in the order of the bytes.
    assert.deepEqual([...given.names.keys()], [1n, -1n]);
    const stream = context.events.stream();
    await context.fire_shelf(SHELF, NOON, new Map([['a', 1]]));
    assert.deepEqual((await stream.next()).value, { name: 'on_shelf', payload: { shelf: SHELF, at: NOON } });
    assert.deepEqual((await stream.next()).value, { name: 'on_scores', payload: new Map([['a', 1]]) });
    await context.close();
});

const FAULTS = [
    ['give_duration', -1, 'value: -1 is out of range: a duration is finite, and not below zero'],
    ['give_duration', NaN, 'value: NaN is out of range'],
    ['give_duration', Infinity, 'value: Infinity is out of range'],
    ['give_duration', 2 ** 64 * 1000, 'value: 1.8446744073709552e+22 is out of range: a duration has less than 2^64 seconds'],
    ['give_duration', 1n, 'value: expected a number of milliseconds, found a bigint'],
    ['give_duration', '1s', 'value: expected a number of milliseconds, found a string'],
    ['give_list_duration', [0, -1e-6], 'value[1]: -0.000001 is out of range'],
    ['give_time', 0, 'value: expected a Date, found a number'],
    ['give_time', '2024-02-29', 'value: expected a Date, found a string'],
    ['give_time', null, 'value: expected a Date, found null'],
    ['give_time', new Date(NaN), 'value: is no time: an invalid Date'],
    ['give_i128', 1n << 127n, 'value: 170141183460469231731687303715884105728 is out of range, -1701411834604692317316873'],
    ['give_i128', -(1n << 127n) - 1n, 'value: -170141183460469231731687303715884105729 is out of range'],
    ['give_u128', -1, 'value: -1 is out of range, 0 to 340282366920938463463374607431768211455'],
    ['give_u128', 1n << 128n, 'value: 340282366920938463463374607431768211456 is out of range'],
    ['give_u128', 2 ** 53, 'value: 9007199254740992 may not be the integer that was meant: use a bigint'],
    ['give_i128', NaN, 'value: expected an integer, found NaN'],
    ['give_array', [1, 2], 'value: expected an array of 3, found one of 2'],
    ['give_array', [1, 2, 3, 4], 'value: expected an array of 3, found one of 4'],
    ['give_array', [1, 2, '3'], 'value[2]: expected an integer, found a string'],
    ['give_array', new Set([1, 2, 3]), 'value: expected an array, found a value of Set'],
    ['give_array_bytes', bytes(1, 2, 3), 'value: expected 4 bytes, found 3'],
    ['give_array_bytes', [1, 2, 3, 4], 'value: expected bytes, found an array'],
    ['give_array_array', [bytes(1, 2), bytes(3)], 'value[1]: expected 2 bytes, found 1'],
    ['give_tuple', [1], 'value: expected an array of 2, found one of 1'],
    ['give_tuple', [1, 'a', 2], 'value: expected an array of 2, found one of 3'],
    ['give_tuple', 'ab', 'value: expected an array, found a string'],
    ['give_tuple', [1, 2], 'value.1: expected a text, found a number'],
    ['give_list_tuple', [[true, 'a'], [false, 'ab']], 'value[1].1: expected a text of one character, found 2'],
    ['give_map', 5, 'value: expected a Map or an array of keys and values, found a number'],
    ['give_map', { a: 1 }, 'value: expected a Map or an array of keys and values, found an object'],
    ['give_map', new Map([['a', 1], ['b', 'x']]), 'value[1].value: expected an integer, found a string'],
    ['give_map', new Map([[1, 1]]), 'value[0].key: expected a text, found a number'],
    ['give_map', [['a', 1], ['b', 1], ['a', 2]], 'value[2].key: stands twice'],
    ['give_map', [['a']], 'value[0]: expected an array of 2, found one of 1'],
    ['give_map', [['a', 1], 2], 'value[1]: expected an array, found a number'],
    ['give_map_level', new Map([['Top', []]]), "value[0].key: 'Top' is no Level; there are Lowest, Middle, Next, top"],
    ['give_map_pair', [[[0, 1], null], [[0, 1], 'x']], 'value[1].key: stands twice'],
    ['give_map_pair', new Map([[[0, 1], null], [[0, 1], 'x']]), 'value[1].key: stands twice'],
    ['give_map_pair', [[[0, 40_000], null]], 'value[0].key.1: 40000 is out of range'],
    ['give_map_wide', new Map([[1, 'Gap'], [1n, 'Gap']]), 'value[1].key: stands twice'],
    ['give_map_wide', [[0, 'Gap'], [1, 'Gap'], [1n, 'Gap']], 'value[2].key: stands twice'],
    ['give_map_address', new Map([['127.0.0.1', 0], ['::1', -1]]), 'value[1].value: -1 is out of range'],
    ['give_map_address', [['::1', 0], ['::1', 1]], 'value[1].key: stands twice'],
    ['give_map_address', new Map([[1, 0]]), 'value[0].key: expected a text, found a number'],
    ['give_map_path', [['a', '::1'], ['b', '::1'], ['a', '::2']], 'value[2].key: stands twice'],
    ['give_map_path', new Map([['\ud800', '::1']]), 'value[0].key: is no Unicode: it has a lone surrogate'],
    ['give_map_duration', [[1, NOON], [2, NOON], [1, NOON]], 'value[2].key: stands twice'],
    ['give_map_duration', new Map([[-1, NOON]]), 'value[0].key: -1 is out of range'],
    ['give_map_bytes', new Map([[bytes(1), bytes(1, 2)], [bytes(1), bytes(3, 4)]]), 'value[1].key: stands twice'],
    ['give_set_peer', ['[::1]:80', '[::1]:80'], 'value[1]: stands twice'],
    ['give_set_peer', new Set([80]), 'value[0]: expected a text, found a number'],
    ['give_set_time', new Set([NOON, new Date(NOON)]), 'value[1]: stands twice'],
    ['give_set_option', [null, 1, null], 'value[2]: stands twice'],
    ['give_map_address', [['::1', -1]], 'value[0].value: -1 is out of range'],
    ['give_set', ['a', 'b', 'a'], 'value[2]: stands twice'],
    ['give_set', 'ab', 'value: expected a Set or an array, found a string'],
    ['give_set_u8', new Set([256]), 'value[0]: 256 is out of range, 0 to 255'],
    ['give_set_u8', bytes(1, 2), 'value: expected a Set or an array, found bytes'],
    ['give_set_tuple', [[0, 'a'], [0, 'a']], 'value[1]: stands twice'],
    ['give_path', 1, 'value: expected a text, found a number'],
    ['give_path', '\ud800', 'value: is no Unicode: it has a lone surrogate'],
    ['give_address', 1, 'value: expected a text, found a number'],
    ['give_peer', ['127.0.0.1', 80], 'value: expected a text, found an array'],
    ['give_piece', { type: 'Index', values: [new Map([['a', 'Gap']]), [-1]] }, 'value.Index.1[0]: -1 is out of range'],
    ['give_piece', { type: 'Index', values: [[['a', 1]], []] }, 'value.Index.0[0].value: expected an object with a type'],
    ['give_piece', { type: 'Pair', value: [1, 2] }, 'value.Pair.1: expected a text, found a number'],
    ['give_piece', { type: 'Dated', at: NOON, lasts: -1, count: 1 }, 'value.Dated.lasts: -1 is out of range'],
    ['give_piece', { type: 'Split', value: ['Gap'] }, 'value.Split: expected an array of 2, found one of 1'],
    ['give_shelf', { ...SHELF, grid: [[1, 2], [3], [5, 6]] }, 'value.grid[1]: expected an array of 2, found one of 1'],
];

test('what does not fit', async () => {
    const context = await create();
    for (const [name, value, text] of FAULTS) {
        await assert.rejects(context[name](value), (error) => {
            assert(error instanceof ArgumentError, error);
            assert(error.message.startsWith(`every_${name}: ${text}`), error.message);
            return true;
        });
    }
    await assert.rejects(context.give_address('localhost'), (error) => {
        assert(error instanceof CallError, error);
        return error.message === 'every_give_address: value: "localhost" is not an IP address';
    });
    await context.close();
});

test('keys that are the same by their value are those of a Map or a Set', async () => {
    const context = await create();
    const shown = [
        ['give_map_wide', new Map([[-(1n << 127n), { type: 'Gap' }], [1n << 64n, { type: 'Host', value: '::1' }], [0n, { type: 'Gap' }]])],
        ['give_map_address', new Map([['127.0.0.1', 0], ['::1', 1500.25], ['::ffff:127.0.0.1', 1e-6]])],
        ['give_map_path', new Map([['', '::1'], ['/shelf/a b', '127.0.0.1'], ['é', '::']])],
        ['give_set_peer', new Set(['[::1]:443', '[::1]:80', '127.0.0.1:80'])],
    ];
    for (const [name, keyed] of shown) {
        assert.deepEqual(await context[name](keyed), keyed);
        assert.deepEqual(await context[name]([...keyed].reverse()), keyed);
        assert.equal((await context[name]([])).size, 0);
    }
    // In the order of the bytes, in which they are also sent.
    const wide = new Map([[-1n, 'Gap'], [1n << 64n, 'Gap'], [0n, 'Gap'], [-(1n << 64n) - 1n, 'Gap']]);
    assert.deepEqual([...(await context.give_map_wide(wide)).keys()], [0n, -1n, 1n << 64n, -(1n << 64n) - 1n]);
    assert.deepEqual([...(await context.give_map_path([['aa', '::'], ['b', '::']])).keys()], ['b', 'aa']);
    const read = (type, text) => new Decoder(every.schema).reader('keys', type)(Buffer.from(text, 'hex'));
    assert.deepEqual(read({ map: ['u128', 'bool'] }, 'a200f5c249010000000000000000f4'), new Map([[0n, true], [1n << 64n, false]]));
    assert.deepEqual(read({ set: 'ip_addr' }, '81623a3a'), new Set(['::']));
    assert.throws(() => read({ map: ['i128', 'u8'] }, 'a22000380000'), { message: /: \[1\]\.key: stands twice$/ });
    assert.throws(() => read({ set: 'path' }, '8261616161'), { message: /: \[1\]: stands twice$/ });
    await context.close();
});

test('other keys are in arrays', async () => {
    const context = await create();
    const later = new Date(NOON.getTime() + 1);
    for (const [name, listed] of [
        ['give_map_pair', [[[0, 1], 'corner'], [[1, 0], null]]],
        ['give_map_duration', [[0, NOON], [1500.25, later]]],
        ['give_map_bytes', [[bytes(1), bytes(1, 2)], [bytes(2), bytes(3, 4)]]],
        ['give_set_time', [NOON, later]],
        ['give_set_tuple', [[0, 'a'], [1, 'a']]],
    ]) {
        assert.deepEqual(await context[name](listed), listed);
        assert.deepEqual(await context[name]([]), []);
    }
    assert.deepEqual(await context.give_map_duration(new Map([[5, NOON]])), [[5, NOON]]);
    assert.deepEqual(new Set(await context.give_set_option([null, 7])), new Set([7, null]));
    await context.close();
});

test('what fits in more than one form', async () => {
    const context = await create();
    assert.deepEqual(await context.give_map([['b', 2], ['a', 1]]), new Map([['a', 1], ['b', 2]]));
    assert.deepEqual([...(await context.give_map(new Map([['bb', 2], ['c', 1]]))).keys()], ['c', 'bb']);
    assert.deepEqual(await context.give_map_pair(new Map([[[0, 1], 'x']])), [[[0, 1], 'x']]);
    assert.deepEqual(await context.give_set(['a']), new Set(['a']));
    assert.deepEqual(await context.give_set_tuple(new Set([[0, 'a']])), [[0, 'a']]);
    assert.deepEqual(await context.give_array(new Int32Array([1, 2, 3])), [1, 2, 3]);
    assert.deepEqual(await context.give_array_bytes(Buffer.from([1, 2, 3, 4])), bytes(1, 2, 3, 4));
    assert.deepEqual(await context.give_array_bytes(bytes(1, 2, 3, 4).buffer), bytes(1, 2, 3, 4));
    assert.equal(await context.give_u128(5), 5n);
    assert.equal(await context.give_i128(-5), -5n);
    assert.equal(await context.give_option_time(), null);
    assert.deepEqual(await context.give_piece('Gap'), { type: 'Gap' });
    await context.close();
});

test('many keys', async () => {
    const context = await create();
    const pairs = Array.from({ length: 20_000 }, (_, number) => [[number % 300, Math.floor(number / 300)], null]);
    const given = await context.give_map_pair([...pairs].reverse());
    assert.deepEqual(new Set(given.map(String)), new Set(pairs.map(String)));
    const addresses = new Map(pairs.map((_, number) => [`10.0.${number >> 8}.${number & 255}`, number]));
    assert.deepEqual(await context.give_map_address(addresses), addresses);
    const words = new Set(pairs.map((_, number) => String(number)));
    assert.deepEqual(await context.give_set(words), words);
    await assert.rejects(context.give_map_pair([...pairs, pairs[7]]), { message: 'every_give_map_pair: value[20000].key: stands twice' });
    const index = (value) => ({ type: 'Index', values: [new Map([['a', value]]), []] });
    const deep = Array(50_000).fill(index).reduce((value, wrap) => wrap(value), { type: 'Gap' });
    await assert.rejects(context.give_piece(deep), { message: 'every_give_piece: an argument is nested too deeply' });
    await context.close();
});

test('durations are milliseconds, to the nanosecond', async () => {
    const context = await create();
    for (const span of [0, 1e-6, 0.1, 1.1, 999.999999, 1001.1, 86_399_999.999999, 2 ** 52 / 1e6, 1e15, Number.MAX_SAFE_INTEGER, 1e20]) {
        assert.equal(await context.give_duration(span), span);
    }
    assert.equal(await context.give_duration(0.9999999), 1);
    assert.equal(await context.give_duration(4e-7), 0);
    for (const nanos of [1, 999, 123_456_789, 999_999_999]) {
        assert.equal(every.duration_of(0, nanos), nanos / 1e6);
    }
    assert.equal(every.duration_of((1n << 64n) - 1n, 999_999_999), 2 ** 64 * 1000);
    await context.close();
});

test('times are cut toward the past, and have an end', async () => {
    const context = await create();
    for (const milliseconds of [0, -1, 1, 8.64e15, -8.64e15, -62_135_596_800_001]) {
        assert.deepEqual(await context.give_time(new Date(milliseconds)), new Date(milliseconds));
    }
    assert.deepEqual(every.time_of(0, 1_999_999), new Date(1));
    assert.deepEqual(every.time_of(-1, 999_999_999), new Date(-1));
    assert.deepEqual(every.time_of(-1, 1), new Date(-1000));
    assert.deepEqual(every.time_of(8.64e12, 999_999), new Date(8.64e15));
    for (const [secs, nanos] of [[8.64e12, 1_000_000], [-8.64e12 - 1, 999_999_999], [1n << 62n, 0], [-(1n << 62n), 0]]) {
        assert.throws(() => every.time_of(secs, nanos), (error) => {
            assert(error instanceof FfiError, error);
            const text = `every_time_of: its answer cannot be read: ${secs} seconds from 1970 are out of range of a Date`;
            assert.equal(error.message, text);
            return true;
        });
    }
    await context.close();
});

test('what holds times is told from each other as it was sent', () => {
    const values = new Decoder(every.schema).reader('set', { set: { tuple: ['time', { set: 'duration' }] } });
    const of = (...items) => values(Buffer.from(`98${items.length.toString(16).padStart(2, '0')}${items.join('')}`, 'hex'));
    const pair = (time, spans) => `82d903e9${time}${spans}`;
    const [start, later, spans] = ['a201002800', 'a201002801', '82820000820001'];
    // Within one millisecond.
    assert.equal(of(pair(start, '80'), pair(later, '80'), pair(start, '81820001')).length, 3);
    for (const other of [pair('a10100', spans), pair('a228000100', spans), pair(start, '82820001820000')]) {
        assert.throws(() => of(pair(start, spans), other), { message: 'set: its answer cannot be read: [1]: stands twice' });
    }
    assert.throws(() => of(pair(start, '82820001820001')), { message: /: \[0\]\.1\[1\]: stands twice$/ });
});

test('types that are none', () => {
    const described = (returns) => {
        const fn = { name: 'l_f', kind: 'stateless', docs: '', params: [], returns, is_async: false };
        return read('l', { format: 2, name: 'l', version: '', docs: '', options: {}, functions: [fn], types: [] });
    };
    described({ map: [{ tuple: ['i8', { array: ['u8', 1] }] }, { set: 'path' }] });
    for (const [returns, text] of [
        [{ array: ['u8', 0] }, 'an array has 0 elements'],
        [{ array: ['u8'] }, 'an array has undefined elements'],
        [{ map: ['u8'] }, '["u8"] are no types'],
        [{ map: { u8: 'u8' } }, '{"u8":"u8"} are no types'],
        [{ tuple: 'u8' }, '"u8" are no types'],
        [{ tuple: ['u8', { mist: 'u8' }] }, 'a type is a mist, which this package does not know'],
        [{ map: ['u8', { list: 'strong' }] }, 'a type is strong, which this package does not know'],
        [{ map: ['u8', { named: 'Nobody' }] }, 'the type Nobody is not described'],
        [{ set: null }, 'null stands for a type'],
    ]) {
        assert.throws(() => described(returns), { name: 'LoadError', message: `l: its schema is not one: ${text}` });
    }
});

test('help', () => {
    const { help } = every.echo_shelf_here;
    for (const line of [
        '    points: Map<Level, Point>  // Points by the place of a level.',
        '    by_place: [[number, number], string | null][]  // Keys that are tuples.',
        '    words: Set<string>  // Words, each once.',
        '    colours: (Uint8Array /* 3 */)[]  // Arrays, each once.',
        '    pair: [string, bigint]  // A text and a number.',
        '    grid: (number[] /* 2 */)[] /* 3 */  // Arrays in an array.',
        '    timeout: number /* ms */  // How long it takes.',
        '    until?: Date | null  // When it ended, if it has.',
        '    unsigned: bigint  // One without a sign.',
        '    path: string  // Where it lies.',
    ]) {
        assert(help.includes(`\n${line}\n`), `${line}\n${help}`);
    }
});
