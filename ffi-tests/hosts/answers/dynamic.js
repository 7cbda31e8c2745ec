// Calls the fake library, and says which answers did not become what they should.
//
//     node --expose-gc dynamic.js LIBRARY ROWS SCHEMAS
//
// Rows are `verdict read code hex warning comes what`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CallError, FfiError, load, LoadError } from '../index.js';

const [path, rows_file, schemas_file] = process.argv.slice(2);
const lines = (file) => readFileSync(file, 'utf8').trimEnd().split('\n');
const rows = lines(rows_file);
const unhex = (digits) => (digits === '-' ? Buffer.alloc(0) : Buffer.from(digits, 'hex'));
process.removeAllListeners('warning');

// What JavaScript makes of a time that it cannot hold: it counts milliseconds.
const MADE = new Map([['d903e9a20120281a3b9ac618', 'd903e9a20120281a3b8b87c0']]);

const library = load(path);
const context = await library.open();

async function answered(read) {
    if (read.startsWith('give_')) {
        return context[read]();
    }
    const stream = (read === 'any' ? context.events : context.events[read]).stream();
    try {
        await context.tell();
        return (await stream.next()).value.payload;
    } finally {
        await stream.close();
    }
}

// The library's own CBOR of the value, or the error.
async function outcome(read) {
    let value;
    try {
        value = await answered(read);
    } catch (error) {
        assert(error instanceof FfiError, error);
        return { error };
    }
    if (read === 'any' || read.endsWith('_nothing')) {
        return { own: '' };
    }
    await context.arm(0, Buffer.from([0xf6]), null, false);
    await context[`put_${read.slice(read.indexOf('_') + 1)}`](value);
    return { own: Buffer.from(await context.asked()).toString('hex') };
}

function is_right(verdict, read, comes, { own, error }) {
    if (verdict === 'taken') {
        return error === undefined && (own === '' || own === `a1626974${MADE.get(comes) ?? comes}`);
    }
    if (verdict === 'failed') {
        return error instanceof CallError && error.message === unhex(comes).toString();
    }
    const source = read.startsWith('give_') ? `fake_${read}: ` : read === 'any' ? 'fake: ' : `${read}: `;
    const text = error?.message ?? '';
    return text.startsWith(source) && (comes === '-' || text.includes(`${comes}: `));
}

async function round() {
    let wrong = 0;
    for (const [index, row] of rows.entries()) {
        const [verdict, read, code, digits, warning, comes, ...what] = row.split(' ');
        const warned = warning === 'none' ? null : unhex(warning);
        await context.arm(Number(code), unhex(digits), warned, index % 2 === 0);
        const found = await outcome(read);
        if (!is_right(verdict, read, comes, found)) {
            const came = `${found.own?.slice(0, 80)}: ${found.error}`.slice(0, 300);
            console.log(`${read}: ${what.join(' ')}: not ${verdict} ${comes.slice(0, 80)}: ${came}: ${digits.slice(0, 80)}`);
            wrong += 1;
        }
    }
    return wrong;
}

function resident() {
    globalThis.gc();
    return process.memoryUsage().rss;
}

// Says which descriptions were not read as they should.
function described() {
    let wrong = 0;
    for (const line of lines(schemas_file)) {
        const [verdict, digits, ...what] = line.split(' ');
        process.env.FAKE_SCHEMA = digits === '-' ? '' : digits;
        let is_taken = false;
        try {
            is_taken = load(path).help.length >= 0;
        } catch (error) {
            assert(error instanceof LoadError, error);
        }
        if (is_taken && verdict === 'refused') {
            console.log(`a schema, ${what.join(' ')}: taken`);
            wrong += 1;
        }
    }
    return wrong;
}

let wrong = await round();
const before = resident();
wrong += await round();
assert(resident() - before < 24 << 20, `${resident() - before} bytes more`);
await context.close();
wrong += described();
console.log(`${rows.length} answers, ${wrong} wrong`);
process.exitCode = wrong > 0 ? 1 : 0;
