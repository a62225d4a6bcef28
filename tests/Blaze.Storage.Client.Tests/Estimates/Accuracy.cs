namespace Blaze.Storage.Client.Tests.Estimates;

/// <summary>Compares estimates with the truth over many trials.</summary>
internal sealed class Accuracy(string name)
{
    private int _trials;
    private int _within;
    private double _squaredErrors;
    private double _variances;

    public void Add(EstimatedNumber estimate, double truth)
    {
        _trials++;
        var error = estimate.Value - truth;
        _within += Math.Abs(error) <= 2 * estimate.StandardError ? 1 : 0;
        _squaredErrors += error * error;
        _variances += estimate.StandardError * estimate.StandardError;
    }

    /// <summary>
    /// The truth lies within two standard errors in about 95 % of the trials, and that is not bought with errors much too large.
    /// </summary>
    public void AssertHonest(double mostVariance = 1.5)
    {
        var share = (double)_within / _trials;
        var ratio = _variances / _squaredErrors;
        Assert.True(share >= 0.88, $"{name}: only {share:P1} of the trials lie within two standard errors.");
        Assert.True(ratio <= mostVariance, $"{name}: the variances are {ratio:F2} times the squared errors.");
    }
}
