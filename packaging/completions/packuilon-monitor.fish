# fish completion for packuilon-monitor
set -l commands demo status events log history serve wait doctor ship
complete -c packuilon-monitor -f

complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a demo -d 'The dashboard on a simulated factory'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a status -d 'The state as of the end of the logs'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a events -d 'One line per event'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a log -d 'The Packer log of a build'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a history -d 'Finished builds that are remembered'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a serve -d 'Metrics for Prometheus'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a wait -d 'Wait for the verdict of a build'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a doctor -d 'What cannot be read, and what to type'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -a ship -d 'Publish events for monitors elsewhere'
complete -c packuilon-monitor -n "not __fish_seen_subcommand_from $commands" -l version -d 'Say which version this is'

complete -c packuilon-monitor -l messages -r -F -d 'A file of the system log'
complete -c packuilon-monitor -l journal -d "Read systemd's journal and no files"
complete -c packuilon-monitor -l log-dir -x -a '(__fish_complete_directories)' -d "Where Packer's logs are"
complete -c packuilon-monitor -l config -r -F -d "Packuilon's own configuration"
complete -c packuilon-monitor -l settings -r -F -d 'Settings of this program'
complete -c packuilon-monitor -l broker -d 'Ask RabbitMQ for the depth of the queue'
complete -c packuilon-monitor -l from -x -d 'Read the events that a factory elsewhere ships'
complete -c packuilon-monitor -l factory -x -d 'Only this factory, or the one that is shipped or read'
complete -c packuilon-monitor -l since -x -a 'first next' -d 'Where to begin'
complete -c packuilon-monitor -l time-zone -x -d 'The zone of stamps that name none'
complete -c packuilon-monitor -l now -x -d 'The instant that stamps without a year are held against'
complete -c packuilon-monitor -l state-dir -x -a '(__fish_complete_directories)' -d 'Where the history is kept'
complete -c packuilon-monitor -l no-history -d 'Neither read nor write the history'
complete -c packuilon-monitor -l color -x -a 'auto always never' -d 'When colours are used'
complete -c packuilon-monitor -l theme -x -a 'dark light mono' -d 'Colours'
complete -c packuilon-monitor -l ascii -d 'Draw with ASCII characters only'
complete -c packuilon-monitor -l help -d 'Say what there is'

complete -c packuilon-monitor -n '__fish_seen_subcommand_from demo' -l speed -x -d 'How many times faster than life'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from demo' -l seed -x -d 'The same seed gives the same factory'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from demo' -l dialect -x -a 'f926600 72f6d0d c4f91e5 e7ec5f0 bf136ab 2003ddb 9786a46 head' -d 'The revision of rabbit2packer'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from demo' -l packer -x -a '1.0 1.6 1.14' -d 'The Packer whose logs are simulated'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from status events history' -l json -d 'Print JSON'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from events log' -l follow -d 'Go on with what is written later'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from log' -l plain -d 'No colours, no escapes'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from log' -l since-last-good -d 'Only lines that the last good build did not have'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from serve' -l listen -x -d 'Where to listen'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from wait' -l timeout -x -d 'How long to wait'
complete -c packuilon-monitor -n '__fish_seen_subcommand_from ship' -l to -x -d 'The RabbitMQ to publish to'
