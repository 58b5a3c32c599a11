namespace SensorNode.Boards
{
    /// <summary>The boards that this firmware knows. One line a board; the values stand in the board's own folder.</summary>
    public static class BoardCatalog
    {
        /// <summary>Names of all boards, for messages.</summary>
        public const string Names = Esp32DevKitC.Name + ", " + Esp32DevKitCWrover.Name + ", " + Esp32S3DevKitC.Name + ", " + Esp32C3DevKitM.Name + ", " + M5StackCore2.Name + ", " + XiaoEsp32S3.Name;

        // Samples of three axes 6, bins of the transform 9, rounded up; decision 0003 has the figures.
        private const int HeapBytesPerPoint = 16;

        /// <summary>Why a configuration cannot run on its board: no such board, or a window that its heap cannot hold.</summary>
        /// <param name="name">Setting board.</param>
        /// <param name="windowPoints">Setting window.points.</param>
        /// <returns>Null where it can; otherwise the setting, what is wrong, and what would be right.</returns>
        public static string Refusal(string name, int windowPoints)
        {
            BoardProfile board = Find(name);
            if (board == null)
            {
                return "board: '" + name + "' is not one of " + Names;
            }

            if (windowPoints <= board.WindowPointsMax)
            {
                return null;
            }

            int needKilobytes = windowPoints * HeapBytesPerPoint / 1024;
            return "window.points: " + windowPoints.ToString() + " is too much for " + name + ": its work arrays need " + needKilobytes.ToString() + " of the " + board.HeapKilobytes.ToString()
                + " KB of heap, which the rest of the node does not leave; at most " + board.WindowPointsMax.ToString() + " fit";
        }

        /// <summary>The profile of a name, or null.</summary>
        public static BoardProfile Find(string name)
        {
            switch (name)
            {
                case Esp32DevKitC.Name: return Esp32DevKitC.Create();
                case Esp32DevKitCWrover.Name: return Esp32DevKitCWrover.Create();
                case Esp32S3DevKitC.Name: return Esp32S3DevKitC.Create();
                case Esp32C3DevKitM.Name: return Esp32C3DevKitM.Create();
                case M5StackCore2.Name: return M5StackCore2.Create();
                case XiaoEsp32S3.Name: return XiaoEsp32S3.Create();
                default: return null;
            }
        }
    }
}
