namespace OpenClaw.Data.WhatsApp;

public enum WhatsAppDirection
{
    In,
    Out,
}
