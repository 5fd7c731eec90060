// An independent OPC UA server (node-opcua) that plays a scripted plant: the peer of the interop tests.
//
//   node server.mjs '<configuration as JSON>'      or      node server.mjs configuration.json
//
// Configuration (all optional):
//   port             0 = a free one                          host          the address to bind, 127.0.0.1
//   tags             number of variables, 10                 wave          "counter" | "ramp" | "square" | "mixed" ("mixed")
//   tickMs           time between two ticks, 100             every         a tag has its turn on each every-th tick, 1
//   paused           start without ticking, false            valueLog      path of the value log, none
//   security         ["None", "Basic256Sha256/SignAndEncrypt"]
//   users            {"name": "password"}, {}                anonymous     accept the anonymous token, true
//   userTrust        [paths of DER files of users who may log in by certificate], []
//   keyBits          length of the server's RSA key, 2048
//   acceptUnknown    accept any client certificate, true     trust         [paths of DER files of clients to trust], []
//   pki              folder for its certificates, a new temporary one
//   tokenLifetimeMs  longest lifetime of a channel token, 600000
//   types            adds the variables of types.mjs (structures, arrays, units, history), false
//   operationsMax    operations in one call, which the server then says of itself, none
//   maxSessionTimeoutMs, minSessionTimeoutMs                 bounds of the session timeout, 60000 and 100
//
// Address space: variables s=Tag0000, s=Tag0001 ... of namespace "urn:edgealarm:test-plant" in Objects/Plant. MinimumSamplingInterval 0, so that a
// monitored item with SamplingInterval 0 queues every change; with any other interval node-opcua samples (not below 50 ms). The item queues,
// the retransmission queue and every other behaviour on the wire are node-opcua's own (the largest queue is 5000).
//
// THE SCRIPT. Tick n = 0, 1, 2 ... ; tag i has its turn t = floor(n / every) on the ticks with n mod every = i mod every.
//   counter   Int32   value = t
//   ramp      Double  triangle 0 .. 100 .. 0; one way takes 20 + i mod 10 turns, so each turn differs from the one before
//   square    Double  20 for 5 + i mod 10 turns, then 95 for as many, ...; set only where it changes
//   mixed     i mod 3: 0 counter, 1 ramp, 2 square
// A late tick is late for all tags; none is skipped, and the log, not the schedule, is the truth.
//
// VALUE LOG, the truth of the tests: CSV with the header `ticks,tag,value,status`, one line for each value that was set, in the order of setting:
//   ticks   SourceTimestamp in 100 ns ticks of UTC since 0001-01-01 (.NET ticks)    tag     Tag0000 ...
//   value   shortest decimal that reads back exactly                                status  0x%08X
// The lines of a tick are in the file before the next tick or any answer to a command.
//
// STDOUT: JSON lines. First {"ready":true,"port","url","certificate","pid"}, then one {"answer":<id>, ...} for each command.
// STDIN: commands, JSON lines, {"id":1,"do":...}
//   {"do":"set","tag":"Tag0003","value":5,"status":"BadSensorFailure"}   sets a value now (status may be missing: Good)
//   {"do":"setTyped","name":"History","value":5,"ticks":"638..."}        sets a variable of types.mjs; with "bits" a motor of that speed
//   {"do":"pause"} {"do":"resume"}      the ticks; the answer carries "ticks", the number played so far
//   {"do":"cut"}                        destroys all sockets, no goodbye; sessions and subscriptions live on
//   {"do":"remove","tag":"Tag0003"}  {"do":"add","tag":"Tag0003"}       takes a variable out of the address space, puts it back
//   {"do":"counts"}                     sessions, subscriptions and monitored items the server holds
//   {"do":"stop"}                       orderly end; the end of stdin does the same

import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import process from "node:process";

// node-opcua warns on stdout; that channel is ours
console.log = console.error;
console.info = console.error;
const opcua = (await import("node-opcua")).default;
const { addTypedVariables, TYPES_FILE } = await import("./types.mjs");
const { OPCUAServer, OPCUACertificateManager, SecurityPolicy, MessageSecurityMode, StatusCodes, DataType, coerceNodeId } = opcua;

const TICKS_AT_1970 = 621355968000000000n;
const NAMESPACE = "urn:edgealarm:test-plant";
const SERVER_URI = "urn:edgealarm:test-server";

const argument = process.argv[2] ?? "{}";
const configuration = JSON.parse(argument.trimStart().startsWith("{") ? argument : fs.readFileSync(argument, "utf8"));
const {
    port = 0, host = "127.0.0.1", tags = 10, wave = "mixed", tickMs = 100, every = 1, paused = false, valueLog = null,
    security = ["None", "Basic256Sha256/SignAndEncrypt"], users = {}, userTrust = [], keyBits = 2048, anonymous = true, acceptUnknown = true, trust = [],
    pki = fs.mkdtempSync(path.join(os.tmpdir(), "edgealarm-node-opcua-")),
    types = false, operationsMax = null, tokenLifetimeMs = 600000, maxSessionTimeoutMs = 60000, minSessionTimeoutMs = 100,
} = configuration;
const pkiIsOurs = configuration.pki === undefined;

function say(message) {
    process.stdout.write(JSON.stringify(message) + "\n");
}

async function freePort() {
    return await new Promise((resolve, reject) => {
        const probe = net.createServer();
        probe.once("error", reject);
        probe.listen(0, host, () => {
            const { port: free } = probe.address();
            probe.close(() => resolve(free));
        });
    });
}

// certificates

const certificates = new OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: acceptUnknown, keySize: keyBits, disableFileWatchers: true });
await certificates.initialize();
const userCertificates = new OPCUACertificateManager({ rootFolder: path.join(pki, "users"), automaticallyAcceptUnknownCertificate: false, keySize: 2048, disableFileWatchers: true });
await userCertificates.initialize();
const certificateFile = path.join(pki, "own", "certs", "server.pem");
if (!fs.existsSync(certificateFile)) {
    await certificates.createSelfSignedCertificate({
        applicationUri: SERVER_URI, subject: "/CN=Test plant/O=EdgeAlarm", dns: ["localhost"], ip: ["127.0.0.1"],
        startDate: new Date(Date.now() - 3600_000), validity: 30, outputFile: certificateFile,
    });
}
const certificateDer = path.join(pki, "own", "certs", "server.der");
const base64 = fs.readFileSync(certificateFile, "latin1").match(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/)[1];
fs.writeFileSync(certificateDer, Buffer.from(base64, "base64"));
for (const file of trust) {
    await certificates.trustCertificate(fs.readFileSync(file));
}
for (const file of userTrust) {
    await userCertificates.trustCertificate(fs.readFileSync(file));
}

// server

const modes = { None: MessageSecurityMode.None, Sign: MessageSecurityMode.Sign, SignAndEncrypt: MessageSecurityMode.SignAndEncrypt };
const securityPolicies = new Set();
const securityModes = new Set();
for (const name of security) {
    const [policy, mode = "None"] = name.split("/");
    securityPolicies.add(SecurityPolicy[policy]);
    securityModes.add(modes[mode]);
}

const listenPort = port === 0 ? await freePort() : port;
const server = new OPCUAServer({
    port: listenPort, host, hostname: "127.0.0.1",
    serverCertificateManager: certificates, userCertificateManager: userCertificates, certificateFile, privateKeyFile: certificates.privateKey,
    securityPolicies: [...securityPolicies], securityModes: [...securityModes],
    allowAnonymous: anonymous, defaultSecureTokenLifetime: tokenLifetimeMs,
    userManager: { isValidUser: (name, password) => Object.hasOwn(users, name) && users[name] === password },
    serverInfo: { applicationUri: SERVER_URI, productUri: SERVER_URI, applicationName: { text: "EdgeAlarm test plant" } },
    serverCapabilities: {
        minSupportedSampleRate: 0, maxSessions: 100,
        ...(operationsMax === null ? {} : { operationLimits: { maxNodesPerRead: operationsMax, maxNodesPerBrowse: operationsMax, maxNodesPerTranslateBrowsePathsToNodeIds: operationsMax, maxNodesPerHistoryReadData: operationsMax, maxMonitoredItemsPerCall: operationsMax } }),
    },
    ...(types ? { nodeset_filename: [opcua.nodesets.standard, TYPES_FILE] } : {}),
    maxSessionTimeout: maxSessionTimeoutMs, minSessionTimeout: minSessionTimeoutMs,
    disableDiscovery: false,
});
await server.initialize();

// plant

const addressSpace = server.engine.addressSpace;
const namespace = addressSpace.registerNamespace(NAMESPACE);
const plant = namespace.addFolder(addressSpace.rootFolder.objects, { browseName: "Plant", nodeId: "s=Plant" });

const typed = types ? addTypedVariables(opcua, addressSpace, namespace, plant) : null;

const waves = {
    counter: { type: DataType.Int32, at: (turn) => turn },
    ramp: {
        type: DataType.Double,
        at: (turn, i) => {
            const oneWay = 20 + (i % 10);
            const phase = turn % (2 * oneWay);
            return (100 * (phase <= oneWay ? phase : 2 * oneWay - phase)) / oneWay;
        },
    },
    square: { type: DataType.Double, at: (turn, i) => (Math.floor(turn / (5 + (i % 10))) % 2 === 0 ? 20 : 95) },
};
const mixed = ["counter", "ramp", "square"];

const log = valueLog === null ? null : fs.openSync(valueLog, "w");
let lines = "ticks,tag,value,status\n";

function flushLog() {
    if (log !== null && lines.length > 0) {
        fs.writeSync(log, lines);
    }
    lines = "";
}

function addVariable(tag) {
    tag.variable = namespace.addVariable({
        organizedBy: plant, browseName: tag.name, nodeId: "s=" + tag.name, dataType: DataType[tag.wave.type], minimumSamplingInterval: 0,
        accessLevel: "CurrentRead", userAccessLevel: "CurrentRead",
    });
}

function setValue(tag, value, statusCode, now) {
    tag.last = value;
    tag.variable.setValueFromSource({ dataType: tag.wave.type, value }, statusCode, now);
    const ticks = BigInt(now.getTime()) * 10000n + TICKS_AT_1970;
    lines += `${ticks},${tag.name},${value},0x${(statusCode.value >>> 0).toString(16).toUpperCase().padStart(8, "0")}\n`;
}

const start = new Date();
const byName = new Map();
const all = [];
for (let i = 0; i < tags; i++) {
    const tag = { index: i, name: "Tag" + String(i).padStart(4, "0"), wave: waves[wave === "mixed" ? mixed[i % 3] : wave], last: undefined, variable: null };
    addVariable(tag);
    setValue(tag, tag.wave.at(0, i), StatusCodes.Good, start);
    byName.set(tag.name, tag);
    all.push(tag);
}
flushLog();

let tick = every; // turn 0 was the start
let ticking = !paused;

function playTick() {
    if (!ticking) {
        return;
    }
    const now = new Date();
    const turn = Math.floor(tick / every);
    for (let i = tick % every; i < all.length; i += every) {
        const tag = all[i];
        const value = tag.wave.at(turn, i);
        if (value !== tag.last && tag.variable !== null) {
            setValue(tag, value, StatusCodes.Good, now);
        }
    }
    tick++;
    flushLog();
}

// commands

const sockets = new Set();

const commands = {
    set({ tag, value, status }) {
        setValue(byName.get(tag), value, status === undefined ? StatusCodes.Good : StatusCodes[status], new Date());
    },
    // a number into a variable of types.mjs, or a motor of that speed and those bits
    setTyped({ name, value, bits, ticks }) {
        const time = ticks === undefined ? new Date() : new Date(Number((BigInt(ticks) - TICKS_AT_1970) / 10000n));
        const variable = typed.variables.get(name);
        const type = variable.readValue().value.dataType;
        variable.setValueFromSource(bits === undefined ? { dataType: type, value } : typed.motor(value, bits), StatusCodes.Good, time);
    },
    pause() {
        ticking = false;
        return { ticks: tick - every };
    },
    resume() {
        ticking = true;
        return { ticks: tick - every };
    },
    cut() {
        const count = sockets.size;
        for (const socket of sockets) {
            socket.resetAndDestroy();
        }
        return { cut: count };
    },
    remove({ tag }) {
        addressSpace.deleteNode(byName.get(tag).variable);
        byName.get(tag).variable = null;
    },
    add({ tag }) {
        addVariable(byName.get(tag));
        setValue(byName.get(tag), byName.get(tag).last, StatusCodes.Good, new Date());
    },
    counts() {
        return {
            sessions: server.engine.currentSessionCount,
            subscriptions: server.engine.currentSubscriptionCount,
            channels: server.currentChannelCount,
        };
    },
    stop() {
        stop();
    },
};

let stopping = false;

async function stop() {
    if (stopping) {
        return;
    }
    stopping = true;
    clearInterval(ticker);
    flushLog();
    try {
        await server.shutdown(0);
    } finally {
        if (log !== null) {
            fs.closeSync(log);
        }
        if (pkiIsOurs) {
            fs.rmSync(pki, { recursive: true, force: true });
        }
        process.exit(0);
    }
}

await server.start();
for (const endpoint of server.endpoints) {
    // the listening socket of node-opcua: its sockets are cut without a word of the protocol
    endpoint._server.on("connection", (socket) => {
        sockets.add(socket);
        socket.on("close", () => sockets.delete(socket));
    });
}
const ticker = setInterval(playTick, tickMs);

const input = readline.createInterface({ input: process.stdin });
input.on("line", (line) => {
    if (line.trim().length === 0) {
        return;
    }
    const command = JSON.parse(line);
    try {
        const more = commands[command.do](command) ?? {};
        flushLog();
        say({ answer: command.id, ...more });
    } catch (error) {
        say({ answer: command.id, error: String(error) });
    }
});
input.on("close", stop);
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

say({ ready: true, port: listenPort, url: `opc.tcp://127.0.0.1:${listenPort}`, certificate: certificateDer, pid: process.pid });
