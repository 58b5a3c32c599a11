using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace SensorNode.CostMeter;

/// <summary>Puts the counting into one method body.</summary>
internal sealed class MethodRewriter
{
    private readonly MeterHooks _hooks;
    private readonly PlatformTable _costs;
    private readonly Func<MethodReference, bool> _isPlatform;
    private readonly AllocationFinder _allocations;

    internal MethodRewriter(MeterHooks hooks, DeviceTypes sizes, PlatformTable costs, Func<MethodReference, bool> isPlatform)
    {
        _hooks = hooks;
        _costs = costs;
        _isPlatform = isPlatform;
        _allocations = new AllocationFinder(sizes, isPlatform);
    }

    internal void Rewrite(MethodDefinition method)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros();
        IReadOnlyDictionary<Instruction, int> blocks = BasicBlocks.Find(body);
        int frameBytes = FrameBytes(body);
        var mark = new VariableDefinition(_hooks.Int);
        var handlerStarts = new HashSet<Instruction>(body.ExceptionHandlers.SelectMany(handler => new[] { handler.HandlerStart, handler.FilterStart }).Where(start => start != null));
        AllocationSite? locals = _allocations.Locals(method);
        Instruction[] original = [.. body.Instructions];

        // Jumps to a run's first instruction go to its counting instead.
        var entries = new Dictionary<Instruction, Instruction>();
        body.Instructions.Clear();
        body.Variables.Add(mark);
        body.InitLocals = true;
        Emit(body, [Number(frameBytes), Call(_hooks.EnterFrame), Instruction.Create(OpCodes.Stloc, mark)]);
        if (locals != null)
        {
            Emit(body, [Number(Meter.AddSite(locals)), Call(_hooks.Allocate)]);
        }

        foreach (Instruction instruction in original)
        {
            if (blocks.TryGetValue(instruction, out int count))
            {
                Instruction entry = Number(count);
                entries[instruction] = entry;
                Emit(body, [entry, Call(_hooks.Block)]);
                if (handlerStarts.Contains(instruction))
                {
                    Emit(body, [Instruction.Create(OpCodes.Ldloc, mark), Number(frameBytes), Call(_hooks.LeaveFrame)]);
                }
            }

            (Instruction[] before, Instruction[] after) = Around(method, instruction, mark);
            if (before.Length > 0 && !entries.ContainsKey(instruction) && IsTryStart(body, instruction))
            {
                entries[instruction] = before[0];
            }

            Emit(body, before);
            body.Instructions.Add(instruction);
            Emit(body, after);
        }

        Retarget(body, original, entries);
        body.OptimizeMacros();
    }

    private static int FrameBytes(MethodBody body) => DeviceTypes.FrameHeaderBytes
        + (DeviceTypes.BlockBytes * Math.Max(10, body.Variables.Count + body.MaxStackSize + 3));

    private static bool IsTryStart(MethodBody body, Instruction instruction) => body.ExceptionHandlers.Any(handler => handler.TryStart == instruction);

    private static void Emit(MethodBody body, Instruction[] instructions)
    {
        foreach (Instruction instruction in instructions)
        {
            body.Instructions.Add(instruction);
        }
    }

    private static Instruction Number(int value) => Instruction.Create(OpCodes.Ldc_I4, value);

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);

    private static void Retarget(MethodBody body, Instruction[] original, Dictionary<Instruction, Instruction> entries)
    {
        foreach (Instruction instruction in original)
        {
            if (instruction.Operand is Instruction target && entries.TryGetValue(target, out Instruction? entry))
            {
                instruction.Operand = entry;
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                instruction.Operand = targets.Select(one => entries.GetValueOrDefault(one, one)).ToArray();
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        Instruction Moved(Instruction? at) => at == null ? null! : entries.GetValueOrDefault(at, at);
    }

    private (Instruction[] Before, Instruction[] After) Around(MethodDefinition method, Instruction instruction, VariableDefinition mark)
    {
        var before = new List<Instruction>();
        var after = new List<Instruction>();
        if (instruction.OpCode.Code == Code.Ret)
        {
            before.AddRange([Instruction.Create(OpCodes.Ldloc, mark), Number(0), Call(_hooks.LeaveFrame)]);
        }

        if (instruction.Operand is MethodReference callee && instruction.OpCode.FlowControl == FlowControl.Call && _isPlatform(callee))
        {
            int[] cost = PlatformCost(callee);
            before.AddRange([Number(cost[0]), Number(cost[1]), Call(_hooks.Platform)]);
            if (cost[2] > 0)
            {
                int inside = Meter.AddSite(new AllocationSite(AllocationKind.PlatformInside, method.FullName, callee.FullName, cost[2]));
                before.AddRange([Number(inside), Call(_hooks.Allocate)]);
            }
        }

        foreach (AllocationSite site in _allocations.At(method, instruction))
        {
            int number = Meter.AddSite(site);
            switch (site.Kind)
            {
                case AllocationKind.Array or AllocationKind.PlatformArray:
                    after.AddRange([Instruction.Create(OpCodes.Dup), Number(number), Call(_hooks.AllocateArray)]);
                    break;
                case AllocationKind.PlatformString when instruction.OpCode.Code == Code.Newobj || instruction.Operand is MethodReference { ReturnType.FullName: "System.String" }:
                    after.AddRange([Instruction.Create(OpCodes.Dup), Number(number), Call(_hooks.AllocateString)]);
                    break;
                case AllocationKind.Object or AllocationKind.Box or AllocationKind.Delegate or AllocationKind.PlatformObject:
                    before.AddRange([Number(number), Call(_hooks.Allocate)]);
                    after.AddRange([Instruction.Create(OpCodes.Dup), Number(number), Call(_hooks.Track)]);
                    break;
                default:
                    before.AddRange([Number(number), Call(_hooks.Allocate)]);
                    break;
            }
        }

        // Nothing may stand between a prefix and its call.
        if (before.Count > 0 && instruction.Previous?.OpCode.OpCodeType == OpCodeType.Prefix)
        {
            after.InsertRange(0, before);
            before.Clear();
        }

        return ([.. before], [.. after]);
    }

    private int[] PlatformCost(MethodReference callee)
    {
        if (callee.Name is "Invoke" or ".ctor" && !callee.DeclaringType.IsArray && DeviceTypes.IsDelegate(callee.DeclaringType))
        {
            return [0, 0, 0];
        }

        string name = callee.DeclaringType.FullName + "::" + callee.Name;
        return _costs.Find(name + "(" + string.Join(",", callee.Parameters.Select(parameter => parameter.ParameterType.FullName)) + ")", name);
    }
}
