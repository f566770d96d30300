# docker build -t openclaw-backend . ; docs/install.md says how to run it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
# What restores first, so that a change of the code does not fetch the packages again.
COPY Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt ./
COPY OpenClaw.Data/OpenClaw.Data.csproj OpenClaw.Data/
COPY OpenClaw.Jobs/OpenClaw.Jobs.csproj OpenClaw.Jobs/
COPY OpenClaw.Web/OpenClaw.Web.csproj OpenClaw.Web/
RUN dotnet restore OpenClaw.Web/OpenClaw.Web.csproj --use-current-runtime -p:PublishReadyToRun=true
COPY .editorconfig ./
COPY OpenClaw.Data OpenClaw.Data
COPY OpenClaw.Jobs OpenClaw.Jobs
COPY OpenClaw.Web OpenClaw.Web
RUN dotnet publish OpenClaw.Web/OpenClaw.Web.csproj -c Release --no-restore --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app ./
COPY LICENSE ./
# Beyond loopback it needs AUTH_TOKEN, and says so at the start.
ENV HOST=0.0.0.0 PORT=18789 OPENCLAW_DATA_DIR=/data
RUN install -d -m 0700 -o "$APP_UID" -g "$APP_UID" /data
USER $APP_UID
VOLUME /data
EXPOSE 18789
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/$PORT\" && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "/app/OpenClaw.Web.dll"]
