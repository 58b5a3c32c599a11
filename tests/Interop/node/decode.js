// Reads one payload in hex per line from standard input and writes what sparkplug-payload makes of it, one JSON object per line:
// "library" is its decoded payload, "raw" are the plain Protocol Buffers fields (the library has no arrays, and needs a data type in each metric).
'use strict';

const readline = require('readline');
const sparkplug = require('sparkplug-payload').get('spBv1.0');
const proto = require('sparkplug-payload/lib/sparkplugPayloadProto').org.eclipse.tahu.protobuf.Payload;

function plain(key, value) {
  if (value && typeof value === 'object' && typeof value.toNumber === 'function') {
    return value.toNumber();
  }

  if (value && value.type === 'Buffer') {
    return { hex: Buffer.from(value.data).toString('hex') };
  }

  return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  let answer;
  try {
    const bytes = Buffer.from(line, 'hex');
    answer = { library: sparkplug.decodePayload(bytes), raw: proto.toObject(proto.decode(bytes), { bytes: Array, longs: Number }) };
  } catch (error) {
    answer = { error: String(error) };
  }

  process.stdout.write(JSON.stringify(answer, plain) + '\n');
});
