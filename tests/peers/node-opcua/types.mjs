// Variables of more than numbers: structures of the types of types.xml, arrays, a matrix, an enumeration, units, history, and text that no alarm compares.
import { fileURLToPath } from "node:url";

export const TYPES_FILE = fileURLToPath(new URL("types.xml", import.meta.url));

export const TYPES_NAMESPACE = "urn:edgealarm:test-types";

export function addTypedVariables(opcua, addressSpace, namespace, plant) {
    const { DataType, VariantArrayType, StatusCodes, standardUnits } = opcua;
    const types = addressSpace.getNamespaceIndex(TYPES_NAMESPACE);
    const type = (id) => addressSpace.findNode(`ns=${types};i=${id}`);
    const construct = (id, fields) => addressSpace.constructExtensionObject(type(id), fields);
    const variables = new Map();

    function add(name, dataType, value, more = {}, at = new Date()) {
        const variable = namespace.addVariable({
            organizedBy: plant, browseName: name, nodeId: "s=" + name, dataType, minimumSamplingInterval: 0, accessLevel: "CurrentRead", userAccessLevel: "CurrentRead", ...more,
        });
        variable.setValueFromSource(value, StatusCodes.Good, at);
        variables.set(name, variable);
        return variable;
    }

    const winding = (state, bits, ...temperatures) => ({ state, bits, temperatures });
    const motor = (speed, bits) => construct(3003, {
        name: "P-101 Förderpumpe", started: new Date(Date.UTC(2025, 0, 1)), speed, status: winding(1, bits, 71.5, 72.25), hours: 4711,
        windings: [winding(0, 1, 20), winding(2, 8, 90.5, 91.5, 92.5)],
    });
    const object = (value) => ({ dataType: DataType.ExtensionObject, value });

    add("Motor", type(3003), object(motor(1480.5, 0x0008)));
    add("Valve", type(3004), object(construct(3004, { name: "XV-101", torque: 12.5, open: true })));
    add("Reading", type(3005), object(construct(3005, { number: 3.25 })));
    add("Motors", type(3003), { dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: [motor(1, 1), motor(2, 2), motor(3, 3)] }, { valueRank: 1 });
    add("State", type(3001), { dataType: DataType.Int32, value: 2 });
    add("Bits", type(3006), { dataType: DataType.UInt16, value: 0x0008 });
    add("Array", DataType.Double, { dataType: DataType.Double, arrayType: VariantArrayType.Array, value: new Float64Array([1.5, 2.5, 3.5]) }, { valueRank: 1 });
    add("Matrix", DataType.Int32, { dataType: DataType.Int32, arrayType: VariantArrayType.Matrix, dimensions: [2, 3], value: new Int32Array([11, 12, 13, 21, 22, 23]) }, { valueRank: 2, arrayDimensions: [2, 3] });
    add("Word", DataType.UInt16, { dataType: DataType.UInt16, value: 0x0020 });
    add("Big", DataType.UInt64, { dataType: DataType.UInt64, arrayType: VariantArrayType.Scalar, value: [0x80000000, 1] });
    add("Line1/Motor.Status[3]", DataType.Int32, { dataType: DataType.Int32, value: 42 });
    add("Text", DataType.String, { dataType: DataType.String, value: "hello" });
    add("Time", DataType.DateTime, { dataType: DataType.DateTime, value: new Date() });

    const level = namespace.addAnalogDataItem({
        organizedBy: plant, browseName: "Level", nodeId: "s=Level", dataType: DataType.Double, minimumSamplingInterval: 0,
        engineeringUnits: standardUnits.degree_celsius, engineeringUnitsRange: { low: -20, high: 150 }, description: "Temperature of tank T-101",
    });
    level.setValueFromSource({ dataType: DataType.Double, value: 20 });
    variables.set("Level", level);

    const history = add("History", DataType.Double, { dataType: DataType.Double, value: 0 }, {}, new Date(Date.UTC(2025, 0, 1)));
    addressSpace.installHistoricalDataNode(history, { maxOnlineValues: 5000 });
    return { variables, motor: (speed, bits) => object(motor(speed, bits)) };
}
