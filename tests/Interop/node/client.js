// An MQTT client driven by JSON commands, one a line on standard input; events go to standard output, one JSON object a line.
//   {"do":"connect","port":1883,"options":{..}}   options of the mqtt library; a will's payload is text
//   {"do":"subscribe","filter":"a/#","qos":1}      {"do":"unsubscribe","filter":"a/#"}
//   {"do":"publish","topic":"a","text":"x","qos":1,"retain":false}
//   {"do":"ping"} sends PINGREQ; the answer is the event pong
//   {"do":"end"} sends DISCONNECT; {"do":"kill"} drops the socket
'use strict';

const readline = require('readline');
const mqtt = require('mqtt');

let client = null;

function say(event) {
  process.stdout.write(JSON.stringify(event) + '\n');
}

function answer(name) {
  return (error, packet) => say(error ? { event: 'error', in: name, text: String(error.message || error) } : { event: name, packet });
}

const commands = {
  connect(command) {
    client = mqtt.connect(Object.assign({ host: '127.0.0.1', port: command.port, protocolVersion: 4, reconnectPeriod: 0, connectTimeout: 120000 }, command.options));
    client.on('connect', (packet) => say({ event: 'connected', sessionPresent: packet.sessionPresent }));
    client.on('error', (error) => say({ event: 'error', in: 'connect', code: error.code, text: error.message }));
    client.on('packetreceive', (packet) => packet.cmd === 'pingresp' && say({ event: 'pong' }));
    client.on('close', () => say({ event: 'closed' }));
    client.on('message', (topic, payload, packet) => say({ event: 'message', topic, text: payload.toString(), qos: packet.qos, retain: packet.retain, dup: packet.dup }));
  },
  subscribe(command) {
    client.subscribe(command.filter, { qos: command.qos }, (error, granted) =>
      say(error ? { event: 'error', in: 'subscribe', text: error.message } : { event: 'subscribed', qos: granted[0].qos }));
  },
  unsubscribe(command) {
    client.unsubscribe(command.filter, answer('unsubscribed'));
  },
  publish(command) {
    client.publish(command.topic, command.text, { qos: command.qos, retain: command.retain }, (error) =>
      say(error ? { event: 'error', in: 'publish', text: error.message } : { event: 'published', topic: command.topic }));
  },
  ping() {
    client.sendPing();
  },
  end() {
    client.end(false, {}, () => say({ event: 'ended' }));
  },
  kill() {
    client.stream.destroy();
  },
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  commands[command.do](command);
}).on('close', () => process.exit(0));
