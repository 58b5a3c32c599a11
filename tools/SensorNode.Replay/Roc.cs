namespace SensorNode.Replay;

/// <summary>Receiver operating characteristic of scores that grow with abnormality.</summary>
public static class Roc
{
    /// <summary>Probability that a faulty score lies above a healthy one; ties count half.</summary>
    public static double Area(IEnumerable<double> healthy, IEnumerable<double> faulty)
    {
        double[] sorted = [.. healthy.Order()];
        double sum = 0;
        long count = 0;
        foreach (double score in faulty)
        {
            int below = LowerBound(sorted, score, false);
            int notAbove = LowerBound(sorted, score, true);
            sum += below + ((notAbove - below) / 2.0);
            count++;
        }

        return sorted.Length == 0 || count == 0 ? double.NaN : sum / ((double)count * sorted.Length);
    }

    /// <summary>Share of faulty scores above the least threshold that no more than the given share of healthy scores exceeds.</summary>
    public static double TruePositives(IEnumerable<double> healthy, IEnumerable<double> faulty, double falsePositives)
    {
        double[] falling = [.. healthy.OrderDescending()];
        double[] scores = [.. faulty];
        if (falling.Length == 0 || scores.Length == 0)
        {
            return double.NaN;
        }

        double threshold = falling[Math.Min(falling.Length - 1, (int)Math.Floor(falsePositives * falling.Length))];
        return scores.Count(s => s > threshold) / (double)scores.Length;
    }

    private static int LowerBound(double[] sorted, double value, bool beyondEqual)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value || (beyondEqual && sorted[middle] == value))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
