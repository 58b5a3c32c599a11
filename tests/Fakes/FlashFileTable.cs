namespace SensorNode.Fakes
{
    /// <summary>Names and contents of the files of a <see cref="FakeFlash"/>.</summary>
    internal sealed class FlashFileTable
    {
        private string[] _names = new string[0];
        private byte[][] _contents = new byte[0][];

        internal int Count
        {
            get { return _names.Length; }
        }

        internal string Name(int index)
        {
            return _names[index];
        }

        internal byte[] Content(int index)
        {
            return _contents[index];
        }

        internal string[] Names()
        {
            return (string[])_names.Clone();
        }

        /// <summary>Index of a file, or -1.</summary>
        internal int IndexOf(string name)
        {
            for (int i = 0; i < _names.Length; i++)
            {
                if (_names[i] == name)
                {
                    return i;
                }
            }

            return -1;
        }

        /// <summary>Creates or replaces a file.</summary>
        internal void Put(string name, byte[] content)
        {
            int index = IndexOf(name);
            if (index < 0)
            {
                index = _names.Length;
                Resize(index + 1);
                _names[index] = name;
            }

            _contents[index] = content;
        }

        internal void Rename(int index, string name)
        {
            _names[index] = name;
        }

        /// <summary>Takes a file away; nothing for -1. The order of a listing means nothing, so the last file takes the place.</summary>
        internal void RemoveAt(int index)
        {
            if (index >= 0)
            {
                _names[index] = _names[_names.Length - 1];
                _contents[index] = _contents[_names.Length - 1];
                Resize(_names.Length - 1);
            }
        }

        private void Resize(int count)
        {
            string[] names = new string[count];
            byte[][] contents = new byte[count][];
            int kept = count < _names.Length ? count : _names.Length;
            for (int i = 0; i < kept; i++)
            {
                names[i] = _names[i];
                contents[i] = _contents[i];
            }

            _names = names;
            _contents = contents;
        }
    }
}
