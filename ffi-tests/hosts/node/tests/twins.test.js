// Two types of one name: each function takes its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from 'ffi-host';
import { path } from './setup.js';

const twins = load(path('twins'));

test('the right one is taken', () => {
    const [server, database] = [{ port: 5, behind: { url: 'a' } }, { url: 'b' }];
    assert.deepEqual({ ...twins.open(server, database) }, { servers: [server], database });
    for (const wrong of [[database, server], [server, server], [database, database]]) {
        assert.throws(() => twins.open(...wrong), /twins_open: (server|database)\./);
    }
});

test('variants', () => {
    assert.deepEqual([twins.level('Low'), twins.level('High')], ['None', 'Some']);
    assert.throws(() => twins.level('None'), /twins_level: level/);
});

test('they are shown by their paths', () => {
    assert.equal(twins.open.signature, 'open(server: twins::http::Config, database: twins::db::Config): Both');
    assert.match(twins.open.help, /^twins::db::Config, an object:\n {4}url: string/m);
});
