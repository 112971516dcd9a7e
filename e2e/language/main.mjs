// Tries the language checker with tools that others wrote: the SARIF validator of Microsoft on the
// command line's output, and the client library of Visual Studio Code on the language server.
//
//   TESSERA_BIN=target/debug/tessera e2e/language/run
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const rpc = require('vscode-languageserver-protocol/node');
const program = process.env.TESSERA_BIN;
assert.ok(program, 'TESSERA_BIN names the program');
const folder = mkdtempSync(join(tmpdir(), 'tessera-language-'));
const tried = [];

const NOTE = 'Café 🟠 note.\nShe puts herself at risk, and “he is a liar” is what Dad wrote.\nNo, she is not promiscuous.\n';

async function part(name, work) {
  await work();
  tried.push(name);
  console.log(`ok    ${name}`);
}

function check(...args) {
  const ran = spawnSync(program, ['language', 'check', ...args], { cwd: folder, encoding: 'utf8' });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

function validate(sarif) {
  const base = require.resolve('@microsoft/sarif-multitool/package.json');
  const tool = join(base, '../../sarif-multitool-linux/Sarif.Multitool');
  assert.ok(existsSync(tool), `the validator is installed: ${tool}`);
  chmodSync(tool, 0o755);
  const report = join(folder, 'validation.sarif');
  const args = ['validate', sarif, '--output', report, '--level', 'Error;Warning', '--log', 'ForceOverwrite'];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const said = spawnSync(tool, args, { env, encoding: 'utf8' });
  const results = JSON.parse(readFileSync(report, 'utf8')).runs[0].results ?? [];
  return { status: said.status, said: said.stdout + said.stderr, results };
}

async function sarif() {
  writeFileSync(join(folder, 'a note.txt'), NOTE);
  writeFileSync(join(folder, 'list.csv'), 'id,note\n1,He absconded again.\n2,All well.\n');
  const { code, out } = check('--format', 'sarif', '--explain-suppressed', 'a note.txt', 'list.csv');
  assert.equal(code, 1);
  const path = join(folder, 'findings.sarif');
  writeFileSync(path, out);
  const { status, said, results } = validate(path);
  const errors = results.filter((result) => (result.level ?? 'warning') === 'error');
  assert.deepEqual(errors.map((result) => [result.ruleId, result.message]), [], said);
  assert.equal(status, 0, said);
  const own = JSON.parse(out).runs[0].results;
  assert.deepEqual(own.filter((r) => r.kind !== 'pass').map((r) => r.ruleId), ['puts-self-at-risk', 'absconded']);
}

// A validator that accepts everything would prove nothing.
async function brokenSarif() {
  const path = join(folder, 'broken.sarif');
  writeFileSync(path, JSON.stringify({ version: '2.1.0', runs: [{ results: [{ ruleId: 4 }] }] }));
  const { status, results } = validate(path);
  assert.ok(status !== 0 || results.some((result) => result.level === 'error'), 'the broken file is refused');
}

function connect(...args) {
  const server = spawn(program, ['language', 'serve', ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = rpc.createProtocolConnection(
    new rpc.StreamMessageReader(server.stdout),
    new rpc.StreamMessageWriter(server.stdin),
  );
  const published = [];
  let wake = () => {};
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    published.push(params);
    wake();
  });
  connection.listen();
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const next = async () => {
    while (published.length === 0) await new Promise((resolve) => { wake = resolve; });
    return published.shift();
  };
  return { connection, next, ended };
}

async function initialize(connection, encodings) {
  const capabilities = { general: { positionEncodings: encodings } };
  const result = await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities });
  await connection.sendNotification('initialized', {});
  return result.capabilities;
}

const uri = 'file:///note.txt';
const open = (text) => ({ textDocument: { uri, languageId: 'plaintext', version: 1, text } });
const at = (line, character) => ({ textDocument: { uri }, position: { line, character } });

async function finish({ connection, ended }) {
  assert.equal(await connection.sendRequest('shutdown'), null);
  await connection.sendNotification('exit');
  assert.equal(await ended, 0);
}

async function conversation() {
  const client = connect();
  const { connection, next } = client;
  await assert.rejects(connection.sendRequest('textDocument/hover', at(0, 0)), { code: -32002 });
  const capabilities = await initialize(connection, ['utf-16']);
  assert.equal(capabilities.positionEncoding, 'utf-16');
  await connection.sendNotification('textDocument/didOpen', open(NOTE));
  const first = await next();
  assert.equal(first.version, 1);
  const [diagnostic, ...others] = first.diagnostics;
  assert.deepEqual(others, []);
  assert.equal(diagnostic.code, 'puts-self-at-risk');
  assert.deepEqual(diagnostic.range, { start: { line: 1, character: 4 }, end: { line: 1, character: 24 } });
  assert.match(diagnostic.codeDescription.href, /^https:/);

  const hover = await connection.sendRequest('textDocument/hover', at(1, 6));
  assert.match(hover.contents.value, /hides the person who is causing it/);
  assert.match(hover.contents.value, /Source: \[/);
  const passed = await connection.sendRequest('textDocument/hover', at(2, 16));
  assert.match(passed.contents.value, /is let pass here \(negation\)/);
  assert.equal(await connection.sendRequest('textDocument/hover', at(0, 1)), null);

  const range = diagnostic.range;
  const ask = (context) => connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context });
  assert.deepEqual(await ask({ diagnostics: [], only: ['source.organizeImports'] }), []);
  const actions = await ask({ diagnostics: [diagnostic] });
  assert.equal(actions[0].kind, 'quickfix');
  assert.equal(actions[0].edit.changes[uri][0].newText, 'is being placed at risk by others');

  // Accepting the fix clears the finding; it arrives as an incremental change.
  const { newText } = actions[0].edit.changes[uri][0];
  await connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range, text: newText }],
  });
  const second = await next();
  assert.deepEqual([second.version, second.diagnostics], [2, []]);

  await assert.rejects(connection.sendRequest('textDocument/unknown', {}), { code: -32601 });
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  assert.deepEqual((await next()).diagnostics, []);
  await finish(client);
}

async function encodings() {
  const text = '🟠é He absconded.';
  for (const [offered, agreed, character] of [
    [['utf-16', 'utf-32', 'utf-8'], 'utf-8', 10],
    [['utf-32', 'utf-16'], 'utf-32', 6],
    [undefined, 'utf-16', 7],
  ]) {
    const client = connect();
    const capabilities = await initialize(client.connection, offered);
    assert.equal(capabilities.positionEncoding, agreed);
    await client.connection.sendNotification('textDocument/didOpen', open(text));
    const { diagnostics } = await client.next();
    assert.equal(diagnostics[0].range.start.character, character, agreed);
    await finish(client);
  }
}

async function pulled() {
  const client = connect('--min-severity', 'must-change');
  const capabilities = { textDocument: { diagnostic: {} } };
  await client.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities });
  await client.connection.sendNotification('initialized', {});
  await client.connection.sendNotification('textDocument/didOpen', open('He absconded. Her placement ended.'));
  const report = await client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  assert.equal(report.kind, 'full');
  assert.deepEqual(report.items.map((item) => item.code), ['absconded']);
  await finish(client);
}

try {
  await part('the SARIF validator accepts the findings', sarif);
  await part('the SARIF validator refuses a broken file', brokenSarif);
  await part('an editor opens, hovers, fixes and closes a text', conversation);
  await part('positions are counted in UTF-8, UTF-16 and UTF-32', encodings);
  await part('an editor that asks for diagnostics gets them, of the severity it wants', pulled);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${tried.length} parts`);
