namespace SensorNode.Contracts
{
    /// <summary>Where a model that came as a signed release is, and what became of it.</summary>
    public interface IModelSource
    {
        /// <summary>The model's bytes, once; null where there is none.</summary>
        byte[] TakeModel();

        /// <summary>It cannot be used: back to the former one, or to none.</summary>
        void RejectModel();

        /// <summary>The node has learned, or is to learn, for itself.</summary>
        void GiveModelUp();
    }
}
