using System.Globalization;
using Hangfire.Client;
using Hangfire.Common;
using Hangfire.Server;

namespace Hangfire;

[AttributeUsage(AttributeTargets.All)]
public sealed class CaptureCultureAttribute : JobFilterAttribute, IClientFilter, IServerFilter
{
    private const string Culture = "CurrentCulture";
    private const string UICulture = "CurrentUICulture";

    public CaptureCultureAttribute() : this(null)
    {
    }

    public CaptureCultureAttribute(string? defaultCultureName, bool captureDefault = true)
        : this(defaultCultureName, defaultCultureName, captureDefault)
    {
    }

    public CaptureCultureAttribute(string? defaultCultureName, string? defaultUICultureName, bool captureDefault = true)
    {
        (DefaultCultureName, DefaultUICultureName, CaptureDefault) = (defaultCultureName, defaultUICultureName, captureDefault);
        Order = 1000;
    }

    public string? DefaultCultureName { get; }
    public string? DefaultUICultureName { get; }
    public bool CaptureDefault { get; }

    public void OnCreating(CreatingContext context)
    {
        Capture(context, Culture, CultureInfo.CurrentCulture.Name, DefaultCultureName);
        Capture(context, UICulture, CultureInfo.CurrentUICulture.Name, DefaultUICultureName);
    }

    public void OnCreated(CreatedContext context)
    {
    }

    public void OnPerforming(PerformingContext context)
    {
        var culture = context.GetJobParameter<string>(Culture, allowStale: true) ?? DefaultCultureName;
        var uiCulture = context.GetJobParameter<string>(UICulture, allowStale: true) ?? DefaultUICultureName ?? culture;
        context.Items[Culture] = CultureInfo.CurrentCulture;
        context.Items[UICulture] = CultureInfo.CurrentUICulture;
        if (culture is not null)
            CultureInfo.CurrentCulture = Find(culture);
        if (uiCulture is not null)
            CultureInfo.CurrentUICulture = Find(uiCulture);
    }

    public void OnPerformed(PerformedContext context)
    {
        CultureInfo.CurrentCulture = (CultureInfo)context.Items[Culture]!;
        CultureInfo.CurrentUICulture = (CultureInfo)context.Items[UICulture]!;
    }

    private void Capture(CreatingContext context, string parameter, string name, string? defaultName)
    {
        if (CaptureDefault || name != defaultName)
            context.SetJobParameter(parameter, name);
    }

    // A culture that this machine does not know must not fail the job that was created on another.
    private static CultureInfo Find(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture;
        }
    }
}
