using Mono.Cecil;
using Mono.Cecil.Cil;

namespace SensorNode.CostMeter;

/// <summary>Turns a method into a measured stage: its body moves into a twin, which it calls between the readings.</summary>
internal sealed class StageWrapper
{
    private readonly MeterHooks _hooks;

    internal StageWrapper(MeterHooks hooks) => _hooks = hooks;

    internal void Wrap(MethodDefinition method, string stage)
    {
        if (method.IsConstructor)
        {
            throw new CostMeterException($"{method.FullName} is a constructor and cannot be a stage");
        }

        MethodDefinition twin = MoveBody(method);
        var body = new MethodBody(method) { InitLocals = true };
        method.Body = body;
        var open = new VariableDefinition(_hooks.Object);
        body.Variables.Add(open);
        bool returns = method.ReturnType.FullName != "System.Void";
        var result = new VariableDefinition(returns ? method.ReturnType : _hooks.Int);
        body.Variables.Add(result);

        ILProcessor il = body.GetILProcessor();
        Instruction end = returns ? il.Create(OpCodes.Ldloc, result) : il.Create(OpCodes.Nop);
        il.Emit(OpCodes.Ldstr, stage);
        il.Emit(OpCodes.Call, _hooks.EnterStage);
        il.Emit(OpCodes.Stloc, open);
        int first = body.Instructions.Count;
        if (method.HasThis)
        {
            il.Emit(OpCodes.Ldarg, body.ThisParameter);
        }

        foreach (ParameterDefinition parameter in method.Parameters)
        {
            il.Emit(OpCodes.Ldarg, parameter);
        }

        il.Emit(OpCodes.Call, twin);
        if (returns)
        {
            il.Emit(OpCodes.Stloc, result);
        }

        il.Emit(OpCodes.Leave, end);
        Instruction handler = il.Create(OpCodes.Ldloc, open);
        il.Append(handler);
        il.Emit(OpCodes.Call, _hooks.LeaveStage);
        il.Emit(OpCodes.Endfinally);
        il.Append(end);
        il.Emit(OpCodes.Ret);
        body.ExceptionHandlers.Add(new ExceptionHandler(ExceptionHandlerType.Finally)
        {
            TryStart = body.Instructions[first],
            TryEnd = handler,
            HandlerStart = handler,
            HandlerEnd = end,
        });
    }

    private static MethodDefinition MoveBody(MethodDefinition method)
    {
        MethodAttributes attributes = MethodAttributes.Private | MethodAttributes.HideBySig | (method.Attributes & MethodAttributes.Static);
        var twin = new MethodDefinition(method.Name + "$metered", attributes, method.ReturnType) { HasThis = method.HasThis };
        var parameters = new Dictionary<ParameterDefinition, ParameterDefinition>();
        foreach (ParameterDefinition parameter in method.Parameters)
        {
            var copy = new ParameterDefinition(parameter.Name, ParameterAttributes.None, parameter.ParameterType);
            parameters[parameter] = copy;
            twin.Parameters.Add(copy);
        }

        method.DeclaringType.Methods.Add(twin);
        var body = new MethodBody(twin) { InitLocals = true, MaxStackSize = method.Body.MaxStackSize };
        foreach (VariableDefinition variable in method.Body.Variables)
        {
            body.Variables.Add(new VariableDefinition(variable.VariableType));
        }

        ParameterDefinition oldThis = method.Body.ThisParameter;
        foreach (Instruction instruction in method.Body.Instructions.ToArray())
        {
            instruction.Operand = instruction.Operand switch
            {
                ParameterDefinition parameter when parameter == oldThis => body.ThisParameter,
                ParameterDefinition parameter => parameters[parameter],
                VariableDefinition variable => body.Variables[variable.Index],
                var other => other,
            };
            body.Instructions.Add(instruction);
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            body.ExceptionHandlers.Add(handler);
        }

        twin.Body = body;
        return twin;
    }
}
