using Mono.Cecil;
using Mono.Cecil.Cil;
using SensorNode.Emulator;

namespace SensorNode.Simulation.Tests.Update;

/// <summary>The application of this build with one thing changed: what a release carries to an emulated node.</summary>
internal static class AppVariant
{
    private const int MqttHostKey = 4;

    /// <summary>Says another version, and is otherwise the same.</summary>
    public static byte[] Good(string version) => Make(version, _ => { });

    /// <summary>Throws when it is started.</summary>
    public static byte[] Crashes(string version) => Make(version, module =>
    {
        ILProcessor il = BodyOf(module, "NodeApplication", "Run").GetILProcessor();
        Instruction first = il.Body.Instructions[0];
        il.InsertBefore(first, il.Create(OpCodes.Ldnull));
        il.InsertBefore(first, il.Create(OpCodes.Throw));
    });

    /// <summary>Does nothing for ever when it is started.</summary>
    public static byte[] Hangs(string version) => Make(version, module =>
    {
        Instruction[] all = [.. module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)];
        var clock = (FieldReference)all.First(i => i.Operand is FieldReference { Name: "Clock", DeclaringType.Name: "NodeServices" }).Operand;
        var sleep = (MethodReference)all.First(i => i.Operand is MethodReference { Name: "Sleep", DeclaringType.Name: "IClock" }).Operand;
        ILProcessor il = BodyOf(module, "NodeApplication", "Run").GetILProcessor();
        Instruction first = il.Body.Instructions[0];
        Instruction loop = il.Create(OpCodes.Ldarg_1);
        foreach (Instruction instruction in (Instruction[])[loop, il.Create(OpCodes.Ldfld, clock), il.Create(OpCodes.Ldc_I4, 1000), il.Create(OpCodes.Callvirt, sleep), il.Create(OpCodes.Br, loop)])
        {
            il.InsertBefore(first, instruction);
        }
    });

    /// <summary>Looks for a broker that does not exist.</summary>
    public static byte[] NeverConnects(string version) => Make(version, module =>
    {
        var configuration = (FieldReference)module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).SelectMany(m => m.Body.Instructions)
            .First(i => i.Operand is FieldReference { Name: "Configuration", DeclaringType.Name: "NodeServices" }).Operand;
        var set = new MethodReference("TrySet", module.TypeSystem.String, configuration.FieldType) { HasThis = true };
        set.Parameters.Add(new ParameterDefinition(module.TypeSystem.Int32));
        set.Parameters.Add(new ParameterDefinition(module.TypeSystem.String));
        ILProcessor il = BodyOf(module, "NodeApplication", "Run").GetILProcessor();
        Instruction first = il.Body.Instructions[0];
        foreach (Instruction instruction in (Instruction[])[
            il.Create(OpCodes.Ldarg_1), il.Create(OpCodes.Ldfld, configuration), il.Create(OpCodes.Ldc_I4, MqttHostKey), il.Create(OpCodes.Ldstr, "nobody"),
            il.Create(OpCodes.Callvirt, set), il.Create(OpCodes.Pop)])
        {
            il.InsertBefore(first, instruction);
        }
    });

    /// <summary>Never gets a window out of the exchange.</summary>
    public static byte[] NeverMeasures(string version) => Make(version, module =>
    {
        ILProcessor il = BodyOf(module, "Analysis", "Run").GetILProcessor();
        Instruction take = il.Body.Instructions.Single(i => i.Operand is MethodReference { Name: "Take", DeclaringType.Name: "WindowExchange" });
        Instruction pop = il.Create(OpCodes.Pop);
        il.InsertAfter(take, pop);
        il.InsertAfter(pop, il.Create(OpCodes.Ldnull));
    });

    /// <summary>Was built for another version of an assembly of the node.</summary>
    public static byte[] RefersTo(string version, string assembly, Version other) => Make(version, module => module.AssemblyReferences.Single(reference => reference.Name == assembly).Version = other);

    /// <summary>Has no entry.</summary>
    public static byte[] HasNoEntry(string version) => Make(version, module => module.GetType("SensorNode.Node.NodeApplication").Name = "Other");

    private static MethodBody BodyOf(ModuleDefinition module, string type, string method) =>
        module.GetTypes().Single(t => t.Name == type).Methods.Single(m => m.Name == method).Body;

    private static byte[] Make(string version, Action<ModuleDefinition> change)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(FirmwareFolder.DefaultPath, "SensorNode.App.dll"));
        BodyOf(module, "NodeApplication", "get_Version").Instructions.Single(i => i.OpCode == OpCodes.Ldstr).Operand = version;
        change(module);
        using var image = new MemoryStream();
        module.Write(image);
        return EmulatedImage.Pack(image.ToArray());
    }
}
