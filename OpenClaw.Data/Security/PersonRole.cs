namespace OpenClaw.Data.Security;

/// <summary>What somebody may do who is signed in with a browser. Each is stored by its name: never rename one.</summary>
public enum PersonRole
{
    Viewer,
    Operator,
    Admin,
}
