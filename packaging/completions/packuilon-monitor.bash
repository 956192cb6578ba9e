# bash completion for packuilon-monitor
_packuilon_monitor()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command="" index
    local common="--messages --journal --log-dir --config --settings --broker --from --factory --since --time-zone --now --state-dir --no-history --color --theme --ascii --linear --help"
    COMPREPLY=()

    case $before in
        --messages | --config | --settings)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
            return ;;
        --log-dir | --state-dir)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -d -- "$word")
            return ;;
        --color) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$word"); return ;;
        --theme) mapfile -t COMPREPLY < <(compgen -W "dark light mono" -- "$word"); return ;;
        --since) mapfile -t COMPREPLY < <(compgen -W "first next" -- "$word"); return ;;
        --packer) mapfile -t COMPREPLY < <(compgen -W "1.0 1.6 1.14" -- "$word"); return ;;
        --dialect) mapfile -t COMPREPLY < <(compgen -W "f926600 72f6d0d c4f91e5 e7ec5f0 bf136ab 2003ddb 9786a46 head" -- "$word"); return ;;
        --from | --to | --factory | --time-zone | --now | --log-limit | --log-rate | --speed | --seed | --time | --listen | --timeout) return ;;
    esac

    for ((index = 1; index < COMP_CWORD; index++)); do
        case ${COMP_WORDS[index]} in
            demo | status | events | log | history | record | replay | snapshot | serve | wait | health | mute | unmute | doctor | ship) command=${COMP_WORDS[index]}; break ;;
        esac
    done

    local own
    case $command in
        "") own="demo status events log history record replay snapshot serve wait health mute unmute doctor ship --version" ;;
        demo) own="--speed --seed --dialect --packer" ;;
        status) own="--json --since-seen" ;;
        history) own="--json" ;;
        events) own="--json --follow --since-seen" ;;
        log) own="--follow --plain --since-last-good" ;;
        serve) own="--listen" ;;
        replay) own="--time" ;;
        wait) own="--change --timeout" ;;
        snapshot) own="--redact" ;;
        ship) own="--to --no-logs --log-limit --log-rate" ;;
        health) own="--json --no-perfdata" ;;
        mute) own="--sticky" ;;
        doctor | unmute | record) own="" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$own $common" -- "$word")
}
complete -F _packuilon_monitor packuilon-monitor
