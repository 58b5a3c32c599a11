using SensorNode.Files;

namespace SensorNode.Site;

/// <summary>Takes one board from the box to its first birth, or gives one a new certificate. Each call goes on where the last one ended.</summary>
public sealed class Provisioner(SiteFolder site, ProvisionTools tools)
{
    /// <summary>Checks a request and says which node it means; touches nothing.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="taken">Names given to other boards in the same run.</param>
    /// <exception cref="SiteException">It cannot be done.</exception>
    public InventoryRow Choose(NodeRequest request, IEnumerable<string>? taken = null)
    {
        string[] others = [.. taken ?? []];
        string group = site.Group(request.Group);
        if (request.Name == null)
        {
            if (!request.IsAgain && Unfinished(request.Port, others) is { } unfinished)
            {
                throw new SiteException($"{request.Port}: {unfinished} was begun there and is not finished; go on with --name {unfinished}, or give the new node a --name");
            }

            return New(NameScheme.Parse(site.Settings.Scheme).Next([.. site.Inventory.Rows.Select(row => row.Name), .. others]), group, request);
        }

        if (NameScheme.Refusal(request.Name) is { } refusal)
        {
            throw new SiteException(refusal);
        }

        if (others.Contains(request.Name, StringComparer.OrdinalIgnoreCase))
        {
            throw new SiteException($"{request.Name}: this name comes twice");
        }

        InventoryRow? row = site.Inventory.Find(request.Name);
        return row switch
        {
            null => New(request.Name, group, request),
            { State: InventoryRow.StateRetired } => throw new SiteException($"{row.Name}: is retired, and a name is never used again; choose another"),
            { State: InventoryRow.StateBorn } when !request.IsAgain => throw new SiteException($"{row.Name}: is in service since {row.BornUtc:yyyy-MM-dd}; site renew changes its certificate, --again erases the board and begins anew"),
            _ when row.Name != request.Name => throw new SiteException($"{request.Name}: differs from {row.Name} only by case"),
            _ when row.Group != group => throw new SiteException($"{row.Name}: belongs to group {row.Group}, not {group}; a node in another group needs another name"),
            _ => row with { Location = request.Location.Length > 0 ? request.Location : row.Location, Board = request.Board },
        };
    }

    /// <summary>Every command and file, and nothing done.</summary>
    public IEnumerable<string> Plan(NodeRequest request, InventoryRow node)
    {
        var job = new NodeJob(site, tools, request, node);
        StepState state = State(node.Name, "steps.json");
        yield return "beside the steps:";
        yield return $"  write {site.FileOf("inventory.csv")}: the line of {node.Name}";
        yield return $"  write {job.FileOf("port")} and {job.FileOf("steps.json")}: where it was begun, and what is done";
        if (!request.IsIdentityOnly)
        {
            yield return $"  write {job.FileOf("provision.log")}: what nanoff says";
        }

        if (request.IsAgain)
        {
            yield return $"  delete {job.FileOf(NodeFiles.KeyName)} and {job.FileOf(NodeFiles.CertificateName)} of before";
        }

        // A step that is done makes those after it be done again.
        bool isToDo = request.IsAgain;
        foreach (ProvisionStep step in Steps(job, request, () => { }))
        {
            isToDo = isToDo || !state.IsDone(step.Name, step.Input);
            yield return isToDo ? $"{step.Name}:" : $"{step.Name}: done before";
            foreach (string line in isToDo ? step.Describe() : [])
            {
                yield return "  " + line;
            }
        }
    }

    /// <summary>Does every step that is not done. Of an identity only: that step and the inventory's line, so that the broker can know the node first.</summary>
    /// <returns>The node as the inventory has it now; null where an outside authority has to answer first.</returns>
    /// <exception cref="SiteException">A step failed; those before it stay done.</exception>
    public async Task<InventoryRow?> ProvisionAsync(NodeRequest request, InventoryRow node, CancellationToken cancel)
    {
        var job = new NodeJob(site, tools, request, node);
        StepState state = State(node.Name, "steps.json");
        if (request.IsAgain)
        {
            state.Clear();
            job.DeleteIdentity();
            job.Put(job.Node with { State = InventoryRow.StateIssued, BornUtc = null });
        }

        return await RunAsync(job, request.Port, "steps.json", Steps(job, request, () => Forget(node.Name, "steps.json")), isLast: !request.IsIdentityOnly, cancel) ? job.Node : null;
    }

    /// <summary>Gives a node a new key, a new certificate and today's anchors. Without nanoff it only makes them.</summary>
    /// <returns>The node as the inventory has it now; null where its board has to be connected, or an outside authority has to answer, first.</returns>
    public async Task<InventoryRow?> RenewAsync(NodeRequest request, CancellationToken cancel)
    {
        InventoryRow node = site.Inventory.Find(request.Name!) ?? throw new SiteException($"{request.Name}: is not in {site.FileOf("inventory.csv")}");
        if (node.State != InventoryRow.StateBorn)
        {
            throw new SiteException($"{node.Name}: is {node.State}; only a node in service can be renewed");
        }

        var job = new NodeJob(site, tools, request, node);
        bool hasBoard = tools.Nanoff != null;
        List<ProvisionStep> steps = [job.Identity()];
        if (hasBoard)
        {
            steps.AddRange([job.Files(null, ""), job.Birth(() => Forget(node.Name, "renew.json"))]);
        }

        return await RunAsync(job, request.Port, "renew.json", steps, isLast: hasBoard, cancel) && hasBoard ? job.Node : null;
    }

    private async Task<bool> RunAsync(NodeJob job, string port, string stateFile, IReadOnlyList<ProvisionStep> steps, bool isLast, CancellationToken cancel)
    {
        string folder = site.NodeFolder(job.Node.Name);
        SecretFile.WritePublic(Path.Combine(folder, "port"), port);
        StepState state = State(job.Node.Name, stateFile);
        if (site.Inventory.Find(job.Node.Name) is not { } known || known != job.Node)
        {
            job.Put(job.Node);
        }

        for (int i = 0; i < steps.Count; i++)
        {
            ProvisionStep step = steps[i];
            cancel.ThrowIfCancellationRequested();
            if (state.IsDone(step.Name, step.Input))
            {
                tools.Say($"{job.Node.Name}: {step.Name}, done before");
                continue;
            }

            tools.Say($"{job.Node.Name}: {step.Name}");
            await step.DoAsync(cancel);
            if (job.IsWaitingForCertificate)
            {
                return false;
            }

            state.SetDone(step.Name, step.Input, [.. steps.Skip(i + 1).Select(later => later.Name)]);
        }

        if (isLast && job.Node.State == InventoryRow.StateBorn)
        {
            state.Clear();
        }

        return true;
    }

    private ProvisionStep[] Steps(NodeJob job, NodeRequest request, Action forget)
    {
        if (request.IsIdentityOnly)
        {
            return [job.Identity()];
        }

        string? file = request.ConfigurationFile;
        string? extra = file == null ? null : NamedFile.ReadText(file, "--conf", "give a file with further settings for node.conf");
        string configuration = NodeFiles.Configuration(site.Settings.Broker, job.Node, request.Sensor, "--conf " + file, extra);
        IReadOnlyList<string> faults = tools.CheckConfiguration(System.Text.Encoding.UTF8.GetBytes(configuration));
        if (faults.Count > 0)
        {
            throw new SiteException($"node.conf for {job.Node.Name} would be wrong: {string.Join("; ", faults)}");
        }

        return [job.Identity(), job.Runtime(), job.Application(), job.Files(configuration, configuration), job.Network(), job.Birth(forget)];
    }

    private StepState State(string node, string file) => StepState.Open(site.FileOf("nodes", node, file));

    private void Forget(string node, string file) => State(node, file).Forget(["files", "network"]);

    private string? Unfinished(string port, string[] others) => site.Inventory.Rows
        .Where(row => row.State == InventoryRow.StateIssued && !others.Contains(row.Name) && File.Exists(site.FileOf("nodes", row.Name, "port")) && site.ReadText("nodes", row.Name, "port") == port)
        .Select(row => row.Name).FirstOrDefault();

    private static InventoryRow New(string name, string group, NodeRequest request) => new() { Name = name, Group = group, Location = request.Location, Board = request.Board };
}
