namespace OpenClaw.Tests.Commands;

/// <summary>What people type, and what it means: a command as it is written plainly, <c>unclear</c> or <c>free</c>.</summary>
internal static class Phrasings
{
    public const string Table =
        """"
        help | help
        HELP! | help
        ? | help
        Hi, what can you do? | help
        commands please | help
        menu | help
        hlep | help (slip)
        can you help | help
        help me please | help
        list agents | list agents
        List  Agents | list agents
        list my agents. | list agents
        list all agents, please | list agents
        agents | list agents
        agents? | list agents
        show me the agents | free
        show agents | list agents
        Which agents are there? | list agents
        lst agents | list agents (slip)
        list agnets | list agents (slip)
        who is running? | list agents
        Could you list the agents, please? | list agents
        status | status
        Status! | status
        STATUS PLEASE | status
        stauts | status (slip)
        status all | status
        what's the status? | status
        How are things? | status
        how is everything | status
        how is it going? | status
        overview | status
        status researcher | status "researcher"
        status of researcher | status "researcher"
        Status of the agent researcher, please | status "researcher"
        how is researcher doing? | status "researcher"
        How's Bulk One going | status "Bulk One"
        what is the status of "bulk one"? | status "bulk one"
        state of researcher | status "researcher"
        status for my agent researcher | status "researcher"
        status of issue #12 | status of issue #12
        status of issue 12 | status of issue #12
        Status issue #12 in acme/site? | status of issue #12 in acme/site
        how is issue 12 going | status of issue #12
        progress of #12 | status of issue #12
        what's the status of issue #12 in acme/site, please | status of issue #12 in acme/site
        status of acme/site#12 | status of issue #12 in acme/site
        staus of isue #12 | status of issue #12 (slip)
        create scout | create "scout"
        Create Scout | create "Scout"
        create agent scout | create "scout"
        create an agent called scout | create "scout"
        create a new agent named Scout, please | create "Scout"
        please create scout | create "scout"
        could you create scout for me? | create "scout"
        new agent scout | create "scout"
        add agent scout | create "scout"
        spawn scout | create "scout"
        make an agent scout | create "scout"
        create "night watch" | create "night watch"
        create “night watch” | create "night watch"
        create night watch two | create "night watch two"
        create scout as a careful reader | create "scout" as "a careful reader"
        create scout as "a careful reader" on openai/gpt-5 | create "scout" as "a careful reader" on openai/gpt-5
        create scout on local/echo | create "scout" on local/echo
        create scout with model openai/gpt-5. | create "scout" on openai/gpt-5
        create scout using anthropic/claude as a poet | create "scout" as "a poet" on anthropic/claude
        create "mail as sent" as helper | create "mail as sent" as "helper"
        CREATE SCOUT AS A POET ON LOCAL/ECHO | create "SCOUT" as "A POET" on LOCAL/ECHO
        create scout as an expert on and/or | create "scout" as "an expert" on and/or
        create | unclear
        create agent | unclear
        create a table of all results | unclear
        crate scout | create "scout" (slip)
        well done | free
        paus | free
        pause researcher | pause "researcher"
        Pause Researcher | pause "Researcher"
        PAUSE RESEARCHER!!! | pause "RESEARCHER"
        please pause researcher | pause "researcher"
        pause researcher please | pause "researcher"
        pause the researcher | pause "researcher"
        pause the agent researcher now | pause "researcher"
        pause agent researcher for me, thanks | pause "researcher"
        pause my researcher agent | pause "researcher"
        puase researcher | pause "researcher" (slip)
        pausse researcher | pause "researcher" (slip)
        suspend researcher | pause "researcher"
        could you pause "bulk one"? | pause "bulk one"
        pause 01a1ff85-b27b-71b5-bcf3-366267058b28 | pause "01a1ff85-b27b-71b5-bcf3-366267058b28"
        pause | unclear
        pause please | unclear
        resume researcher | resume "researcher"
        Resume the researcher, please. | resume "researcher"
        unpause researcher | resume "researcher"
        wake up researcher | resume "researcher"
        wake researcher | resume "researcher"
        continue with researcher | resume "researcher"
        start researcher | resume "researcher"
        resme researcher | resume "researcher" (slip)
        resume | unclear
        stop researcher | stop "researcher"
        Stop the researcher! | stop "researcher"
        kill researcher | stop "researcher"
        terminate researcher now | stop "researcher"
        shut down researcher | stop "researcher"
        shutdown researcher please | stop "researcher"
        stopp researcher | stop "researcher" (slip)
        stop | halt
        Stop! | halt
        STOP NOW | halt
        please stop | halt
        /stop | halt
        stop everything | stop everything
        Emergency stop! | stop everything
        brake all | brake everything
        pull the brake, please | brake everything
        release the brake | release the brake
        🛑 | halt
        стоп | halt
        停止 | halt
        halt | halt
        Halt, please. | halt
        cancel | cancel
        /cancel | cancel
        abort! | cancel
        halt researcher | halt "researcher"
        interrupt the researcher | halt "researcher"
        /stop researcher | halt "researcher"
        shop | free
        top | free
        cancel it | free
        cancel the meeting with Bob | free
        don't stop | free
        stop, I mean go on | stop "I mean go on"
        heartbeat researcher | heartbeat "researcher"
        heartbeat of researcher | heartbeat "researcher"
        ping researcher | heartbeat "researcher"
        check on researcher | heartbeat "researcher"
        beat researcher | heartbeat "researcher"
        hartbeat researcher | heartbeat "researcher" (slip)
        heartbeat | unclear
        tell researcher read the news | tell researcher read the news
        Tell researcher: read the news! | tell researcher: read the news!
        tell researcher thanks | tell researcher thanks
        tell researcher please hurry, thank you | tell researcher please hurry, thank you
        ask researcher what is new? | tell researcher what is new?
        please tell researcher to stop | tell researcher to stop
        say to researcher hello | tell researcher hello
        message researcher hello | tell researcher hello
        tell "bulk one" hello | tell "bulk one" hello
        tel researcher hello | tell researcher hello (slip)
        tell researcher ما الجديد؟ | tell researcher ما الجديد؟
        tell researcher 👩‍🚀 launch | tell researcher 👩‍🚀 launch
        tell researcher | unclear
        tell | unclear
        work on issue #12 | work on issue #12
        Work on issue 12 | work on issue #12
        work on #12 | work on issue #12
        work on # 12 | work on issue #12
        work on issue number 12 | work on issue #12
        work on issue #12 in acme/site | work on issue #12 in acme/site
        work on issue #12 in acme/site with scout | work on issue #12 in acme/site with "scout"
        work on issue #12 with scout | work on issue #12 with "scout"
        work on the issue #12 in the acme/site with the agent scout, please | work on issue #12 in acme/site with "scout"
        Please start working on issue 12 in repo acme/site. | work on issue #12 in acme/site
        start work on acme/site#12 | work on issue #12 in acme/site
        fix issue 12 | work on issue #12
        fix #12 in acme/site | work on issue #12 in acme/site
        solve issue 12 | work on issue #12
        take on issue 12 | work on issue #12
        work on https://github.com/acme/site/issues/12 | work on issue #12 in acme/site
        can you work on github.com/acme/site/issues/12 with "bulk one"? | work on issue #12 in acme/site with "bulk one"
        wrok on issue #12 | work on issue #12 (slip)
        work on issue #12 using openai/gpt-5 | work on issue #12 using openai/gpt-5
        work on issue 12 in acme/site on openai/gpt-5, please | work on issue #12 in acme/site using openai/gpt-5
        fix #12 with model openai/gpt-5. | work on issue #12 using openai/gpt-5
        work on issue #12 with scout on openai/gpt-5 | unclear
        work on issue #0 | free
        work on issue #12 tomorrow | unclear
        work on | unclear
        work on the report | free
        fix the build | free
        stop work on issue #12 | stop work on issue #12
        Stop working on issue 12 in acme/site! | stop work on issue #12 in acme/site
        stop work on #12 please | stop work on issue #12
        cancel issue 12 | stop work on issue #12
        abort work on acme/site#12 | stop work on issue #12 in acme/site
        stop wrk on issue #12 | stop "wrk on issue #12"
        workflows | workflows
        Workflows? | workflows
        list workflows | workflows
        show my workflows, please | workflows
        runs | workflows
        worklfows | workflows (slip)
        retry last | retry last
        retry the last one | retry last
        retry the last workflow please | retry last
        retry 01a1ff85 | retry 01a1ff85
        retry workflow 01a1ff85-b27b-71b5-bcf3-366267058b28 | retry 01a1ff85-b27b-71b5-bcf3-366267058b28
        Retry #01A1FF85 | retry 01a1ff85
        requeue 01a1ff85 | retry 01a1ff85
        retry | unclear
        retry everything | free
        devices | devices
        list devices please | devices
        approve device 1a2b3c4d | approve device 1a2b3c4d
        Approve pairing 1A2B3C4D! | approve device 1a2b3c4d
        approve device 1a2b3c4d-0000-4000-8000-000000000001 | approve device 1a2b3c4d-0000-4000-8000-000000000001
        aprove device 1a2b3c4d | approve device 1a2b3c4d (slip)
        approve device | unclear
        approve device of Ada | free
        reject device 1a2b3c4d | reject device 1a2b3c4d
        remove device 1a2b3c4d please | remove device 1a2b3c4d
        approve | free
        mute 2h | mute 120m
        mute for 2 hours | mute 120m
        Mute 30 minutes please | mute 30m
        mute me for an hour | mute 60m
        mute for 1 hour and 15 minutes | mute 75m
        mute 1h30m | mute 90m
        mute 90s | mute 90s
        mute 60 seconds | mute 1m
        mute 7d | mute 10080m
        mute for a day | mute 1440m
        silence 45m | mute 45m
        be quiet for 2 hours | mute 120m
        do not disturb for 3h | mute 180m
        mute notifications for 2h | mute 120m
        mut 2h | mute 120m (slip)
        mute | unclear
        mute 8d | free
        mute forever | free
        unmute | unmute
        YES 4821 | YES 4821
        yes 4821 | YES 4821
        Yes, 4821! | YES 4821
        ok 4821 | YES 4821
        confirm 4821. | YES 4821
        4821 | YES 4821
        yes | YES
        no | no
        No! | no
        never mind | no
        yes please do it | free
        yes 48211 | free
        thanks a lot | free
        what did you find out? | free
        hello | free
        مرحبا | free
        👍 | free
        DROP TABLE agents; | free
        <script>alert(1)</script> | free
        """";

    public static IEnumerable<TestCaseData> All => Table.Split('\n').Select(line => line.Split(" | ")).Select(row => new TestCaseData(row[0], row[1]).SetArgDisplayNames(row[0]));
}
