// Arguments that do not fit are told with the function and the way to the fault, before the call.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArgumentError, CallError } from 'ffi-host';
import { create, echo, every } from './setup.js';

const nested = (levels) => {
    let tree = { value: 0, children: [] };
    for (let level = 0; level < levels; level++) {
        tree = { value: 0, children: [tree] };
    }
    return tree;
};

const FAULTS = [
    ['give_i8', [128], 'every_give_i8: value: 128 is out of range, -128 to 127'],
    ['give_u64', [-1], 'every_give_u64: value: -1 is out of range, 0 to 18446744073709551615'],
    ['give_u64', [1n << 64n], 'every_give_u64: value: 18446744073709551616 is out of range'],
    ['give_u64', [2 ** 53], 'every_give_u64: value: 9007199254740992 may not be the integer that was meant: use a bigint'],
    ['give_i32', [1.5], 'every_give_i32: value: expected an integer, found 1.5'],
    ['give_i32', [NaN], 'every_give_i32: value: expected an integer, found NaN'],
    ['give_i32', ['1'], 'every_give_i32: value: expected an integer, found a string'],
    ['give_i32', [null], 'every_give_i32: value: expected an integer, found null'],
    ['give_f64', ['1'], 'every_give_f64: value: expected a number, found a string'],
    ['give_f64', [1n], 'every_give_f64: value: expected a number, found a bigint'],
    ['give_f32', [1e300], 'every_give_f32: value: 1e+300 is out of range'],
    ['give_f32', [-3.4028235677973366e38], 'every_give_f32: value: -3.4028235677973366e+38 is out of range'],
    ['give_f32', [1e-300], 'every_give_f32: value: 1e-300 is out of range'],
    ['give_f32', [-7e-46], 'every_give_f32: value: -7e-46 is out of range'],
    ['give_bool', [1], 'every_give_bool: value: expected true or false, found a number'],
    ['give_char', ['ab'], 'every_give_char: value: expected a text of one character, found 2'],
    ['give_string', [1], 'every_give_string: value: expected a text, found a number'],
    ['give_string', ['\ud800'], 'every_give_string: value: is no Unicode: it has a lone surrogate'],
    ['give_bytes', ['a'], 'every_give_bytes: value: expected bytes, found a string'],
    ['give_level', ['Top'], "every_give_level: value: 'Top' is no Level; there are Lowest, Middle, Next, top"],
    ['give_list_i32', ['12'], 'every_give_list_i32: value: expected an array, found a string'],
    ['give_list_list', [[[1], [2, '3']]], 'every_give_list_list: value[1][1]: expected an integer, found a string'],
    ['give_list_point', [[{ x: 1 }, {}]], 'every_give_list_point: value[1].x: is missing'],
    ['give_list_i32', [new DataView(new ArrayBuffer(8))], 'every_give_list_i32: value: expected an array, found a value of DataView'],
    ['give_list_i32', [new Set([1])], 'every_give_list_i32: value: expected an array, found a value of Set'],
    ['give_list_i32', [{ length: 1, 0: 1 }], 'every_give_list_i32: value: expected an array, found an object'],
    ['give_empty', [new Map([['x', 1]])], 'every_give_empty: value: expected an object, found a value of Map'],
    ['give_empty', [Promise.resolve({})], 'every_give_empty: value: expected an object, found a value of Promise'],
    ['give_point', [[1, 2]], 'every_give_point: value: expected an object, found an array'],
    ['give_point', [{ x: 1, z: 1 }], 'every_give_point: value.z: is not known; known are x, y'],
    ['give_tree', [nested(50_000)], 'every_give_tree: an argument is nested too deeply'],
    ['give_i8', [], 'every_give_i8: value: is missing'],
    ['give_i8', [1, {}, 3], 'every_give_i8: takes 1 arguments and options, 3 were given'],
    ['give_i8', [1, 2], 'every_give_i8: takes 1 arguments, then options: { signal }'],
    ['give_i8', [1, { timeout: 2 }], 'every_give_i8: takes 1 arguments, then options: { signal }'],
    ['give_i8', [1, { signal: 2 }], 'every_give_i8: the option signal: expected an AbortSignal'],
];

const told = (text) => (error) => {
    assert(error instanceof ArgumentError, error);
    assert(error.message.includes(text), `${error.message}\n${text}`);
    return true;
};

test('what does not fit', async () => {
    const context = await create();
    for (const [name, args, text] of FAULTS) {
        await assert.rejects(context[name](...args), told(text));
    }
    await assert.rejects(context.give_i8.named({ x: 1 }), told('every_give_i8: x: is not known; known are value'));
    await assert.rejects(every.create({ delay_ms: 0 }), told('every_create: config.name: is missing'));
    assert.throws(() => echo.is_loud('ab'), told('echo_is_loud: letter: expected a text of one character'));
    assert.throws(() => every.same_u8(256), told('every_same_u8: value: 256 is out of range'));
    assert.throws(() => every.next_level('x'), told("every_next_level: thisLevel: 'x' is no Level"));
    assert.equal(await context.give_i8(1), 1);
    await context.close();
});

test('what fits in more than one form', async () => {
    const context = await create();
    assert.equal(await context.give_i64(3), 3n);
    assert.equal(await context.give_i64.named({ value: 3n }), 3n);
    assert.equal(await context.give_f32(0.1), Math.fround(0.1));
    assert.equal(await context.give_f32(3.4028235677973362e38), 3.4028234663852886e38);
    assert.equal(await context.give_f32(1e-45), 1.401298464324817e-45);
    for (const exact of [0, -0, Infinity, -Infinity, NaN]) {
        assert.ok(Object.is(await context.give_f32(exact), exact));
    }
    assert.deepEqual(await context.give_bytes(Buffer.from('ab')), new Uint8Array([97, 98]));
    assert.deepEqual(await context.give_bytes(new Uint8Array([1, 2]).buffer), new Uint8Array([1, 2]));
    assert.deepEqual(await context.give_list_i32(new Int32Array([1, 2])), [1, 2]);
    assert.deepEqual(await context.give_point({ x: 1 }), { x: 1, y: null });
    assert.equal(await context.give_option_i64(), null);
    assert.equal(await context.nothing(), undefined);
    assert.equal(every.same_i64(5), 5n);
    await context.close();
});

test("the library's own text", async () => {
    const context = await create();
    await assert.rejects(context.give_tree(nested(70)), (error) => {
        assert(error instanceof CallError && error.function === 'every_give_tree');
        return error.message.startsWith('every_give_tree: value.children');
    });
    await context.close();
});
