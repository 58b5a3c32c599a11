namespace SensorNode.Link
{
    /// <summary>Where commands go that the connection does not handle itself.</summary>
    public interface ICommandTarget
    {
        /// <summary>Carries out a command of the application.</summary>
        /// <param name="metric">Index of the metric that was written true.</param>
        /// <returns>What happens now, for people.</returns>
        string Act(int metric);

        /// <summary><see cref="SensorNode.Contracts.RestartReason"/> as a number where a restart was asked for, otherwise -1.</summary>
        int RestartAsked { get; }

        /// <summary>Asks for a restart of the node.</summary>
        void Restart(SensorNode.Contracts.RestartReason reason);
    }
}
