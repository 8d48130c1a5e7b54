// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBaseDelegator} from "@symbioticfi/core/src/interfaces/delegator/IBaseDelegator.sol";
import {INetworkRegistry} from "@symbioticfi/core/src/interfaces/INetworkRegistry.sol";
import {IRegistry} from "@symbioticfi/core/src/interfaces/common/IRegistry.sol";
import {INetworkMiddlewareService} from "@symbioticfi/core/src/interfaces/service/INetworkMiddlewareService.sol";
import {IOptInService} from "@symbioticfi/core/src/interfaces/service/IOptInService.sol";
import {IBaseSlasher} from "@symbioticfi/core/src/interfaces/slasher/IBaseSlasher.sol";
import {ISlasher} from "@symbioticfi/core/src/interfaces/slasher/ISlasher.sol";
import {IVetoSlasher} from "@symbioticfi/core/src/interfaces/slasher/IVetoSlasher.sol";
import {IVault} from "@symbioticfi/core/src/interfaces/vault/IVault.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IStakeSource} from "../../interfaces/IStakeSource.sol";
import {ISymbioticStake} from "../../interfaces/ISymbioticStake.sol";
import {OperatorKeys} from "./OperatorKeys.sol";
import {SlashProceeds} from "./SlashProceeds.sol";

/// @title Stake in Symbiotic vaults
/// @notice This contract is the network in Symbiotic's sense, and its own middleware: no key outside can exchange it.
/// Symbiotic remembers every operator's stake at every second, so weights are read where they are; {capture} keeps those
/// of one second here, for a quorum that reads one slot per signer.
/// @dev Not upgradeable. A vault is taken on only if what counted at some second can be slashed for {withdrawalDelay}
/// seconds after, veto included, and if what is slashed comes here.
contract SymbioticStake is ISymbioticStake, OperatorKeys, SlashProceeds, AccessManaged, ReentrancyGuardTransient {
    /// @dev 160+48+48 = 256 bits. It counts from `since` until before `until`.
    struct Backing {
        address vault;
        uint48 since;
        uint48 until;
    }

    /// @dev 160+16 bits, then the fault.
    struct Request {
        address beneficiary;
        uint16 rewardBps;
        bytes32 fault;
    }

    uint64 private constant INSTANT = 0;
    uint64 private constant VETO = 1;
    uint256 private constant FULL = 10_000;
    /// @notice Time to execute a slashing after its veto time, seconds.
    uint256 public constant EXECUTION = 1 days;
    /// @notice Vaults at most; bounds every loop over them.
    uint256 public constant MAX_VAULTS = 8;

    /// @notice Symbiotic's registry of vaults.
    IRegistry public immutable VAULT_FACTORY;
    /// @notice Symbiotic's registry of operators.
    IRegistry public immutable OPERATOR_REGISTRY;
    /// @notice Where operators opt in to networks.
    IOptInService public immutable NETWORK_OPT_IN;
    /// @notice This network's one subnetwork.
    bytes32 public immutable SUBNETWORK;
    /// @notice Least stake an operator names a key with, base units.
    uint256 public immutable MINIMUM_STAKE;
    uint48 private immutable DELAY;

    Backing[] private _backings;
    mapping(address vault => mapping(uint256 index => Request)) private _requests;
    mapping(uint256 time => bool) private _captured;
    mapping(uint256 time => uint256) private _total;
    mapping(uint256 time => mapping(address signer => uint256)) private _weight;

    /// @param authority Access manager; knows slashers and governance.
    /// @param token Collateral of all vaults: weights of different tokens would not add up.
    constructor(address authority, IERC20 token, Core memory core, Setup memory setup)
        SlashProceeds(token, setup.sink)
        AccessManaged(authority)
    {
        uint256 shortest = uint256(setup.challengeWindow) + setup.slack;
        if (setup.withdrawalDelay <= shortest) revert WithdrawalDelayTooShort(setup.withdrawalDelay, shortest + 1);
        VAULT_FACTORY = IRegistry(core.vaultFactory);
        OPERATOR_REGISTRY = IRegistry(core.operatorRegistry);
        NETWORK_OPT_IN = IOptInService(core.operatorNetworkOptIn);
        MINIMUM_STAKE = setup.minimumStake;
        DELAY = setup.withdrawalDelay;
        SUBNETWORK = bytes32(uint256(uint160(address(this))) << 96);
        INetworkRegistry(core.networkRegistry).registerNetwork();
        INetworkMiddlewareService(core.middlewareService).setMiddleware(address(this));
    }

    /* VAULTS */

    /// @inheritdoc ISymbioticStake
    function addVault(address vault, uint256 limit) external restricted {
        if (_backings.length == MAX_VAULTS) revert TooManyVaults(MAX_VAULTS);
        _requireFit(vault);
        for (uint256 i; i < _backings.length; ++i) {
            if (_backings[i].vault == vault && _backings[i].until > block.timestamp) revert VaultUnfit(vault, "known");
        }
        _backings.push(Backing(vault, uint48(block.timestamp), type(uint48).max));
        emit VaultAdded(vault, limit);
        IBaseDelegator(IVault(vault).delegator()).setMaxNetworkLimit(0, limit);
    }

    /// @inheritdoc ISymbioticStake
    function setLimit(address vault, uint256 limit) external restricted {
        emit LimitSet(vault, limit);
        IBaseDelegator(IVault(vault).delegator()).setMaxNetworkLimit(0, limit);
    }

    /// @inheritdoc ISymbioticStake
    function setResolver(address vault, address resolver) external restricted {
        emit ResolverSet(vault, resolver);
        IVetoSlasher(IVault(vault).slasher()).setResolver(0, resolver, "");
    }

    /// @inheritdoc ISymbioticStake
    function removeVault(address vault) external restricted {
        for (uint256 i; i < _backings.length; ++i) {
            if (_backings[i].vault != vault || _backings[i].until <= block.timestamp) continue;
            _backings[i].until = uint48(block.timestamp);
            emit VaultRemoved(vault);
            return;
        }
        revert VaultUnfit(vault, "unknown");
    }

    /// @inheritdoc ISymbioticStake
    function forgetVault(uint256 index) external {
        Backing memory backing = _backings[index];
        if (block.timestamp <= uint256(backing.until) + DELAY) revert VaultUnfit(backing.vault, "still slashable");
        _backings[index] = _backings[_backings.length - 1];
        _backings.pop();
    }

    /* OPERATORS */

    /// @inheritdoc ISymbioticStake
    function register(address signer) external {
        if (!OPERATOR_REGISTRY.isEntity(msg.sender)) revert UnknownOperator(msg.sender);
        if (!NETWORK_OPT_IN.isOptedIn(msg.sender, address(this))) revert NotOptedIn(msg.sender);
        uint256 stake = stakeAt(msg.sender, block.timestamp);
        if (stake < MINIMUM_STAKE) revert StakeTooSmall(stake, MINIMUM_STAKE);
        _bind(msg.sender, signer);
    }

    /// @inheritdoc ISymbioticStake
    function deregister() external {
        _unbind(msg.sender);
    }

    /// @inheritdoc ISymbioticStake
    function evict(address operator) external {
        uint256 stake = stakeAt(operator, block.timestamp);
        if (stake >= MINIMUM_STAKE) revert StakeLargeEnough(stake, MINIMUM_STAKE);
        _unbind(operator);
    }

    /// @inheritdoc IStakeSource
    function reinstate(address operator) external restricted {
        jailed[operator] = false;
        emit Reinstated(operator);
    }

    /* SLASHING */

    /// @inheritdoc IStakeSource
    /// @dev The part is of the stake at `at`, in each vault that counted then; vaults with a veto are only asked.
    function slash(address operator, uint256 bps, uint48 at, address beneficiary, uint256 rewardBps, bytes32 fault)
        external
        restricted
        nonReentrant
        returns (uint256 taken)
    {
        if (bps > FULL || rewardBps > FULL) revert BadFraction(Math.max(bps, rewardBps));
        _jail(operator);
        for (uint256 i; i < _backings.length; ++i) {
            Backing memory backing = _backings[i];
            if (backing.since > at || at >= backing.until) continue;
            (uint48 captured, uint256 amount) = _slashable(backing.vault, operator, bps, at);
            if (amount == 0) continue;
            address slasher = IVault(backing.vault).slasher();
            if (IBaseSlasher(slasher).TYPE() == INSTANT) {
                uint256 before = TOKEN.balanceOf(address(this));
                ISlasher(slasher).slash(SUBNETWORK, operator, amount, captured, "");
                taken += TOKEN.balanceOf(address(this)) - before;
            } else {
                uint256 index = IVetoSlasher(slasher).requestSlash(SUBNETWORK, operator, amount, captured, "");
                _requests[backing.vault][index] = Request(beneficiary, uint16(rewardBps), fault);
                emit SlashRequested(backing.vault, index, operator, amount, fault);
            }
        }
        uint256 reward = _reward(beneficiary, taken, rewardBps);
        emit Slashed(operator, beneficiary, taken, reward, fault);
    }

    /// @inheritdoc ISymbioticStake
    function executeSlash(address vault, uint256 index) external nonReentrant returns (uint256 taken) {
        Request memory request = _requests[vault][index];
        if (request.fault == 0) revert NoRequest(vault, index);
        delete _requests[vault][index];
        address slasher = IVault(vault).slasher();
        (, address operator,,,,) = IVetoSlasher(slasher).slashRequests(index);
        uint256 before = TOKEN.balanceOf(address(this));
        IVetoSlasher(slasher).executeSlash(index, "");
        taken = TOKEN.balanceOf(address(this)) - before;
        uint256 reward = _reward(request.beneficiary, taken, request.rewardBps);
        emit Slashed(operator, request.beneficiary, taken, reward, request.fault);
    }

    /// @inheritdoc IStakeSource
    /// @dev Vaults pay out by their own epochs, which {addVault} made sure are long enough; there is nothing to hold.
    function hold(address operator, uint48 until) external restricted {
        emit Held(operator, until);
    }

    /* WEIGHTS */

    /// @inheritdoc ISymbioticStake
    function capture(uint256 time) external returns (uint256 total) {
        if (time >= block.timestamp) revert FutureLookup(time, block.timestamp);
        if (_captured[time]) return _total[time];
        address[] memory all = operators();
        for (uint256 i; i < all.length; ++i) {
            address signer = signerAt(all[i], time);
            if (signer == address(0)) continue;
            uint256 stake = stakeAt(all[i], time);
            _weight[time][signer] = stake;
            total += stake;
        }
        (_captured[time], _total[time]) = (true, total);
        emit Captured(time, total);
    }

    /// @inheritdoc ISymbioticStake
    function stakeAt(address operator, uint256 time) public view returns (uint256 stake) {
        for (uint256 i; i < _backings.length; ++i) {
            Backing memory backing = _backings[i];
            if (backing.since > time || time >= backing.until) continue;
            stake += IBaseDelegator(IVault(backing.vault).delegator()).stakeAt(SUBNETWORK, operator, uint48(time), "");
        }
    }

    /// @inheritdoc IStakeSource
    function weightAt(address signer, uint256 time) public view returns (uint256) {
        if (time > block.timestamp) revert FutureLookup(time, block.timestamp);
        if (_captured[time]) return _weight[time][signer];
        address operator = operatorOfSigner(signer);
        if (operator == address(0) || signerAt(operator, time) != signer) return 0;
        return stakeAt(operator, time);
    }

    /// @inheritdoc IStakeSource
    function totalWeightAt(uint256 time) public view returns (uint256 total) {
        if (time > block.timestamp) revert FutureLookup(time, block.timestamp);
        if (_captured[time]) return _total[time];
        address[] memory all = operators();
        for (uint256 i; i < all.length; ++i) {
            if (signerAt(all[i], time) != address(0)) total += stakeAt(all[i], time);
        }
    }

    /// @inheritdoc IStakeSource
    function weightsAt(address[] calldata signers, uint256 time) external view returns (uint256 sum, uint256 total) {
        for (uint256 i; i < signers.length; ++i) {
            sum += weightAt(signers[i], time);
        }
        total = totalWeightAt(time);
    }

    /// @inheritdoc IStakeSource
    function withdrawalDelay() external view returns (uint48) {
        return DELAY;
    }

    /// @notice Vaults that count, or counted not long ago: from when, until when.
    function backings() external view returns (Backing[] memory) {
        return _backings;
    }

    /* INTERNAL */

    function _seatTime() internal view override returns (uint256) {
        return DELAY;
    }

    /// @dev What is slashed must come here, and what counted must stay slashable for the delay after a veto.
    function _requireFit(address vault) private view {
        if (!VAULT_FACTORY.isEntity(vault)) revert VaultUnfit(vault, "not Symbiotic's");
        if (!IVault(vault).isInitialized()) revert VaultUnfit(vault, "not initialized");
        if (IVault(vault).collateral() != address(TOKEN)) revert VaultUnfit(vault, "collateral");
        if (IVault(vault).burner() != address(this)) revert VaultUnfit(vault, "burner");
        address slasher = IVault(vault).slasher();
        if (slasher == address(0)) revert VaultUnfit(vault, "no slasher");
        uint64 kind = IBaseSlasher(slasher).TYPE();
        if (kind > VETO) revert VaultUnfit(vault, "slasher");
        uint256 needed = DELAY;
        if (kind == VETO) needed += IVetoSlasher(slasher).vetoDuration() + EXECUTION;
        if (IVault(vault).epochDuration() <= needed) {
            revert EpochTooShort(vault, IVault(vault).epochDuration(), needed);
        }
    }

    /// @dev The second to slash by: the one asked for, or the oldest that Symbiotic still takes.
    function _slashable(address vault, address operator, uint256 bps, uint48 at)
        private
        view
        returns (uint48 captured, uint256 amount)
    {
        address slasher = IVault(vault).slasher();
        uint256 veto = IBaseSlasher(slasher).TYPE() == VETO ? uint256(IVetoSlasher(slasher).vetoDuration()) : 0;
        uint256 oldest = block.timestamp + veto - IVault(vault).epochDuration();
        uint256 last = IBaseSlasher(slasher).latestSlashedCaptureTimestamp(SUBNETWORK, operator);
        captured = uint48(Math.min(Math.max(Math.max(at, oldest), last), block.timestamp - 1));
        uint256 stake = IBaseDelegator(IVault(vault).delegator()).stakeAt(SUBNETWORK, operator, captured, "");
        uint256 left = IBaseSlasher(slasher).slashableStake(SUBNETWORK, operator, captured, "");
        amount = Math.min(Math.mulDiv(stake, bps, FULL, Math.Rounding.Ceil), left);
    }
}
