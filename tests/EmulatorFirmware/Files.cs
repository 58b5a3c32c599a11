using System;
using System.IO;
using System.Text;

namespace SensorNode.EmulatorFirmware
{
    /// <summary>Files: counts boots, appends, and tries what the device refuses.</summary>
    public static class Files
    {
        public static void Main()
        {
            string text = File.Exists("I:\\boots.txt") ? File.ReadAllText("I:\\boots.txt") : "";
            text += "x";
            if (File.Exists("I:\\boots.new"))
            {
                File.Delete("I:\\boots.new");
            }

            using (FileStream stream = new FileStream("I:\\boots.new", FileMode.Create, FileAccess.Write))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(text);
                stream.Write(bytes, 0, bytes.Length);
            }

            try
            {
                if (File.Exists("I:\\boots.txt"))
                {
                    File.Move("I:\\boots.new", "I:\\boots.txt");
                }
            }
            catch (IOException e)
            {
                Console.WriteLine("move: " + (e.ErrorCode == IOException.IOExceptionErrorCode.PathAlreadyExists));
            }

            File.Delete("I:\\boots.txt");
            File.Move("I:\\boots.new", "I:\\boots.txt");
            Console.WriteLine("boots " + text.Length);
        }
    }
}
