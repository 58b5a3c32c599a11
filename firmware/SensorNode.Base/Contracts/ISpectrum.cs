namespace SensorNode.Contracts
{
    /// <summary>Makes power spectra with work arrays that somebody else needs too.</summary>
    public interface ISpectrum
    {
        /// <summary>Puts the spectrum of a window in the place of its samples.</summary>
        /// <param name="samples">short[N], counts. Afterwards 256 log2(power + 1) of the bins 0 to N / 2; the rest means nothing.</param>
        /// <param name="nowMs">Time since boot.</param>
        /// <returns>False while the arrays are lent: nothing was changed, ask again.</returns>
        bool TryReplace(short[] samples, long nowMs);
    }
}
