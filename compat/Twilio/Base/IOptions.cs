namespace Twilio.Base;

public interface IOptions<T>;
