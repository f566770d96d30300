namespace Hangfire.Common;

public class Job;
