// An independent OPC UA client (node-opcua) for benchmarks: monitors tags of the plant simulator and says what that cost.
//
//   node client.mjs '{"url":"opc.tcp://127.0.0.1:4840","tags":1000,"secured":false,"certificates":"","warmUpSeconds":8,"measureSeconds":15}'
//
// One subscription, publishing 100 ms, sampling 50 ms, queue 10. "secured" is Basic256Sha256 SignAndEncrypt, with certificates in the folder "certificates". STDOUT: one JSON line
//   {"values":150000,"seconds":15.0,"cpuSeconds":0.4,"connectSeconds":0.3,"peakBytes":130000000}
// CPU and largest resident size of this process from the operating system; connectSeconds from before the first connection until the last item exists, GetEndpoints included

import process from "node:process";

console.log = console.error;
const {
    OPCUAClient, OPCUACertificateManager, MessageSecurityMode, SecurityPolicy, ClientMonitoredItemGroup, TimestampsToReturn, AttributeIds, resolveNodeId,
} = (await import("node-opcua")).default;

const { url, tags, secured, certificates, warmUpSeconds, measureSeconds } = JSON.parse(process.argv[2]);
const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

// keys and folders exist before the clock starts, as they do in ours after the first run
let security = { securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None };
if (secured) {
    const clientCertificateManager = new OPCUACertificateManager({ rootFolder: certificates, automaticallyAcceptUnknownCertificate: true });
    await clientCertificateManager.initialize();
    security = { securityMode: MessageSecurityMode.SignAndEncrypt, securityPolicy: SecurityPolicy.Basic256Sha256, clientCertificateManager };
    const client = OPCUAClient.create({ endpointMustExist: false, ...security });
    await client.createDefaultCertificate();
}

const started = process.hrtime.bigint();
const client = OPCUAClient.create({ endpointMustExist: false, ...security });
await client.connect(url);
const session = await client.createSession();
const namespaces = await session.readNamespaceArray();
const namespace = namespaces.indexOf("urn:edgealarm:plant");
const subscription = await session.createSubscription2({
    requestedPublishingInterval: 100, requestedLifetimeCount: 1000, requestedMaxKeepAliveCount: 20, maxNotificationsPerPublish: 0, publishingEnabled: true, priority: 1,
});
let values = 0;
for (let first = 0; first < tags; first += 1000) {
    const items = Array.from({ length: Math.min(1000, tags - first) }, (_, i) => ({
        nodeId: resolveNodeId(`ns=${namespace};s=TAG${String(first + i).padStart(5, "0")}`), attributeId: AttributeIds.Value,
    }));
    const group = ClientMonitoredItemGroup.create(subscription, items, { samplingInterval: 50, discardOldest: true, queueSize: 10 }, TimestampsToReturn.Both);
    group.on("changed", () => { values++; });
    await new Promise((resolve) => group.on("initialized", resolve));
}
const connectSeconds = Number(process.hrtime.bigint() - started) / 1e9;

await wait(warmUpSeconds);
const cpu = process.cpuUsage();
const from = process.hrtime.bigint();
values = 0;
await wait(measureSeconds);
const { user, system } = process.cpuUsage(cpu);
const seconds = Number(process.hrtime.bigint() - from) / 1e9;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ values, seconds, cpuSeconds: (user + system) / 1e6, connectSeconds, peakBytes }) + "\n");
await session.close();
await client.disconnect();
process.exit(0);
