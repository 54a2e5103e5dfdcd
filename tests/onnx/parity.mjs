// Runs a model in ONNX Runtime and compares what comes out with what was expected.
//
//   node parity.mjs model.onnx case/
//
// case/case.json: { "tolerance": 1e-5, "batch": 256, "inputs": { name: { "type", "dims" } }, "expected": { name: { "type", "dims" } } }.
// The numbers lie beside it in name.bin, little-endian. The first dimension of everything counts sequences and is cut into batches.
// A difference is absolute for expected values up to 1 and relative beyond. Prints one JSON object with the largest difference of each
// output and how many numbers were not the same bits; exits with 1 where an output differs by more than the tolerance, with 2 where
// nothing could be compared.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ort from 'onnxruntime-node';

const arrays = { float32: Float32Array, int32: Int32Array, int64: BigInt64Array };

function load(folder, name, { type, dims }) {
  const bytes = readFileSync(join(folder, `${name}.bin`));
  const data = new arrays[type](bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const width = dims.slice(1).reduce((a, b) => a * b, 1);
  if (data.length !== dims[0] * width) throw new Error(`${name}: ${data.length} numbers do not fill [${dims}]`);
  return { name, type, dims, data, width };
}

function compare(actual, expected, from, largest) {
  for (let i = 0; i < actual.length; i++) {
    const [a, b] = [Number(actual[i]), Number(expected.data[from * expected.width + i])];
    const same = Object.is(a, b) || a === b;
    const difference = same ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
    if (!same) largest.unequal++;
    // Written so that a difference that is no number counts as the largest.
    if (!(difference <= largest.difference)) {
      const counted = Number.isNaN(difference) ? Number.MAX_VALUE : difference;
      Object.assign(largest, { difference: counted, at: from * expected.width + i, actual: a, expected: b });
    }
  }
}

async function run(model, folder) {
  const { tolerance, batch, ...sets } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));
  const [inputs, outputs] = [sets.inputs, sets.expected].map(set => Object.entries(set).map(([name, shape]) => load(folder, name, shape)));
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const [count, results] = [inputs[0].dims[0], {}];
  for (const { name } of outputs) results[name] = { difference: -1, unequal: 0 };
  const started = performance.now();
  for (let from = 0; from < count; from += batch) {
    const rows = Math.min(batch, count - from);
    const feeds = {};
    for (const { name, type, dims, data, width } of inputs) {
      feeds[name] = new ort.Tensor(type, data.slice(from * width, (from + rows) * width), [rows, ...dims.slice(1)]);
    }
    const got = await session.run(feeds);
    for (const expected of outputs) {
      const { data, dims } = got[expected.name];
      const wanted = [rows, ...expected.dims.slice(1)];
      if (dims.join() !== wanted.join()) throw new Error(`${expected.name} is [${dims}], not [${wanted}]`);
      compare(data, expected, from, results[expected.name]);
    }
  }
  const milliseconds = performance.now() - started;
  const pass = count > 0 && Object.values(results).every(r => r.difference <= tolerance);
  return { pass, count, milliseconds, runtime: ort.env.versions.common, results };
}

try {
  const report = await run(process.argv[2], process.argv[3]);
  console.log(JSON.stringify(report));
  process.exitCode = report.pass ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
