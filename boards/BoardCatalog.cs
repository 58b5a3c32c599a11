namespace SensorNode.Boards
{
    /// <summary>The boards that this firmware knows. One line a board; the values stand in the board's own folder.</summary>
    public static class BoardCatalog
    {
        /// <summary>Names of all boards, for messages.</summary>
        public const string Names = Esp32DevKitC.Name;

        /// <summary>The profile of a name, or null.</summary>
        public static BoardProfile Find(string name)
        {
            switch (name)
            {
                case Esp32DevKitC.Name: return Esp32DevKitC.Create();
                default: return null;
            }
        }
    }
}
