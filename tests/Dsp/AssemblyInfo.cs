using Xunit;

// The instruction counter is one for the whole assembly.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
