using Mono.Cecil.Cil;

namespace SensorNode.CostMeter;

/// <summary>Cuts a method body into runs of instructions that are executed all or none.</summary>
/// <remarks>
/// A run ends after each branch, switch, return, throw and end of a handler, before each branch target and handler, and after
/// each call too, so that an exception from inside a call does not leave instructions counted that were never reached. What
/// remains over-counted is the rest of a run behind an instruction that throws by itself (index, null, division, cast).
/// </remarks>
public static class BasicBlocks
{
    /// <summary>First instruction of each run, with the number of instructions in it. A prefix (constrained., volatile.) is an instruction of its own, as in the interpreter's loop.</summary>
    public static IReadOnlyDictionary<Instruction, int> Find(MethodBody body)
    {
        HashSet<Instruction> leaders = FindLeaders(body);
        var blocks = new Dictionary<Instruction, int>();
        Instruction? leader = null;
        foreach (Instruction instruction in body.Instructions)
        {
            if (leader == null || leaders.Contains(instruction))
            {
                leader = instruction;
                blocks[leader] = 0;
            }

            blocks[leader]++;
        }

        return blocks;
    }

    private static HashSet<Instruction> FindLeaders(MethodBody body)
    {
        var leaders = new HashSet<Instruction>();
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    leaders.Add(target);
                    break;
                case Instruction[] targets:
                    leaders.UnionWith(targets);
                    break;
            }

            if (EndsRun(instruction.OpCode.FlowControl) && instruction.Next != null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.Add(handler.HandlerStart);
            if (handler.FilterStart != null)
            {
                leaders.Add(handler.FilterStart);
            }
        }

        return leaders;
    }

    private static bool EndsRun(FlowControl flow) => flow is
        FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw or FlowControl.Call;
}
