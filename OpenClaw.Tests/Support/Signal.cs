namespace OpenClaw.Tests.Support;

/// <summary>What a test waits for: who sets it goes on, and the test does so on a thread of its own, where its asserts may block.</summary>
public sealed class Signal() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

/// <inheritdoc cref="Signal"/>
public sealed class Signal<T>() : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
