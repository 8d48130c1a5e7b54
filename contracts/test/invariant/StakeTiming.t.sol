// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IBaseSlasher} from "@symbioticfi/core/src/interfaces/slasher/IBaseSlasher.sol";
import {IVault} from "@symbioticfi/core/src/interfaces/vault/IVault.sol";
import {GaibToken} from "../../src/governance/GaibToken.sol";
import {IEigenStake} from "../../src/interfaces/IEigenStake.sol";
import {ISymbioticStake} from "../../src/interfaces/ISymbioticStake.sol";
import {IValidatorSet} from "../../src/interfaces/IValidatorSet.sol";
import {OperatorSet} from "../../src/interfaces/external/IEigenLayer.sol";
import {ValidatorSet} from "../../src/proof/ValidatorSet.sol";
import {EigenStake} from "../../src/proof/stake/EigenStake.sol";
import {SymbioticStake} from "../../src/proof/stake/SymbioticStake.sol";
import {EigenLayerDouble} from "../doubles/EigenLayerDouble.sol";
import {SymbioticCore} from "../integration/stake/SymbioticCore.sol";

/// @dev One operator with stake in all three places. It stakes, takes out, withdraws and lets time pass as the fuzzer
/// likes; every step remembers what the operator weighed at that second.
contract StakeTiming is SymbioticCore {
    uint48 internal constant DELAY = 8 days;
    uint32 internal constant BLOCKS = 100_800;
    uint256 internal constant START = 100_000e18;

    struct Second {
        uint48 time;
        uint256 weight;
    }

    GaibToken internal gaib = new GaibToken(address(this));
    AccessManager internal access = new AccessManager(address(this));
    ValidatorSet internal native;
    SymbioticStake internal symbiotic;
    EigenStake internal eigen;
    IVault internal vault;
    EigenLayerDouble internal layer;
    address internal signer = makeAddr("signer");
    Second[] internal nativeSeconds;
    Second[] internal symbioticSeconds;
    Second[] internal eigenSeconds;

    constructor() {
        vm.warp(1_800_000_000);
        _deployCore();
        native = new ValidatorSet(address(access), IERC20(gaib), 1e18, DELAY, 1 days, 6 days);
        gaib.approve(address(native), type(uint256).max);
        native.stake(START, signer);
        symbiotic = new SymbioticStake(
            address(access), IERC20(gaib), core, ISymbioticStake.Setup(1e18, DELAY, 1 days, 6 days, address(this))
        );
        vault = _vault(address(gaib), address(symbiotic), DELAY + 1, 0);
        symbiotic.addVault(address(vault), type(uint256).max);
        _joinSymbiotic(address(this), address(symbiotic));
        _joinVault(address(this), vault);
        address[] memory one = new address[](1);
        one[0] = address(this);
        _delegate(vault, symbiotic.SUBNETWORK(), type(uint256).max, one);
        gaib.approve(address(vault), type(uint256).max);
        vault.deposit(address(this), START);
        symbiotic.register(signer);
        layer = new EigenLayerDouble(IERC20(gaib), BLOCKS, BLOCKS);
        eigen = new EigenStake(
            address(access), layer, layer, layer, IEigenStake.Setup(1e18, 1 days, 1 days, 6 days, address(this))
        );
        eigen.open("");
        gaib.approve(address(layer), type(uint256).max);
        layer.delegate(address(this), START);
        layer.modifyAllocation(OperatorSet(address(eigen), 0), 1e18);
        pass(12);
        layer.registerForOperatorSets(address(eigen), new uint32[](1), abi.encode(signer));
        eigen.capture();
        pass(12);
    }

    /// @dev Time goes on before every step, so that a run of thirty-two sees a month.
    modifier later(uint256 seed) {
        pass(uint256(keccak256(abi.encode(seed, block.timestamp))));
        _;
    }

    /* WHAT THE FUZZER DOES */

    function pass(uint256 time) public {
        _remember();
        time = bound(time, 12, 2 days);
        vm.warp(block.timestamp + time);
        vm.roll(block.number + time / 12);
    }

    function stakeMore(uint256 amount) external later(amount) {
        amount = bound(amount, 1e18, 1_000e18);
        native.stake(amount, signer);
        vault.deposit(address(this), amount);
        layer.delegate(address(this), amount);
    }

    function leaveNative(uint256 part) external later(part) {
        uint256 active = native.operatorOf(address(this)).active;
        uint256 amount = bound(part, 0, active);
        if (amount == 0 || (amount != active && active - amount < 1e18)) return;
        native.requestUnstake(amount);
    }

    function withdrawNative() external later(1) {
        IValidatorSet.Operator memory self = native.operatorOf(address(this));
        if (self.leaving != 0 && block.timestamp >= self.leavesAt) native.withdraw(address(this));
    }

    function leaveSymbiotic(uint256 part) external later(part) {
        uint256 amount = bound(part, 0, vault.activeBalanceOf(address(this)));
        if (amount != 0) vault.withdraw(address(this), amount);
    }

    function claimSymbiotic(uint256 epoch) external later(epoch) {
        uint256 current = vault.currentEpoch();
        if (current == 0) return;
        epoch = bound(epoch, 0, current - 1);
        if (vault.isWithdrawalsClaimed(epoch, address(this)) || vault.withdrawalsOf(epoch, address(this)) == 0) return;
        vault.claim(address(this), epoch);
    }

    function leaveEigen(uint256 part, bool byAllocation) external later(part) {
        OperatorSet memory set = OperatorSet(address(eigen), 0);
        if (byAllocation) {
            try layer.modifyAllocation(set, uint64(bound(part, 0, 1e18))) {} catch {}
        } else {
            layer.queueWithdrawal(address(this), bound(part, 0, layer.shares(address(this))));
        }
    }

    function captureEigen() external later(2) {
        eigen.capture();
    }

    /* WHAT MUST HOLD */

    function oldestOf(Second[] storage list, uint256 delay) private view returns (uint256 from) {
        while (from < list.length && list[from].time + delay < block.timestamp) ++from;
    }

    /// @dev GAIB's own: what counted at any second younger than the delay is still there, active or leaving.
    function checkNative() external view {
        IValidatorSet.Operator memory self = native.operatorOf(address(this));
        for (uint256 i = oldestOf(nativeSeconds, DELAY); i < nativeSeconds.length; ++i) {
            require(uint256(self.active) + self.leaving >= nativeSeconds[i].weight, "native stake left too soon");
        }
    }

    /// @dev Symbiotic: its own slasher says that what counted can be taken by the second it counted at.
    function checkSymbiotic() external view {
        IBaseSlasher slasher = IBaseSlasher(vault.slasher());
        for (uint256 i = oldestOf(symbioticSeconds, DELAY); i < symbioticSeconds.length; ++i) {
            Second memory one = symbioticSeconds[i];
            if (one.time == block.timestamp) continue;
            uint256 left = slasher.slashableStake(symbiotic.SUBNETWORK(), address(this), one.time, "");
            require(left >= one.weight, "Symbiotic stake left too soon");
            require(vault.totalStake() >= one.weight, "Symbiotic's vault paid out too soon");
        }
    }

    /// @dev EigenLayer: allocated shares, and those in the queue that can still be slashed, cover what counted.
    function checkEigen() external view {
        uint256 there = _eigenSlashable();
        for (uint256 i = oldestOf(eigenSeconds, eigen.withdrawalDelay()); i < eigenSeconds.length; ++i) {
            require(there + 2 >= eigenSeconds[i].weight, "restaked stake left too soon");
        }
    }

    /* INTERNAL */

    function _remember() private {
        uint48 now_ = uint48(block.timestamp);
        nativeSeconds.push(Second(now_, native.weightAt(signer, now_)));
        symbioticSeconds.push(Second(now_, symbiotic.weightAt(signer, now_)));
        eigenSeconds.push(Second(now_, eigen.weightAt(signer, now_)));
    }

    function _eigenSlashable() private view returns (uint256 shares) {
        shares = layer.shares(address(this));
        for (uint256 i; i < layer.queueLength(); ++i) {
            (, uint256 queued, uint32 from) = layer.queue(i);
            if (block.number <= uint256(from) + BLOCKS) shares += queued;
        }
        (uint64 current, int128 pending, uint32 effect) =
            layer.allocations(address(this), layer.keyOf(OperatorSet(address(eigen), 0)));
        uint256 magnitude = current;
        if (pending != 0 && block.number >= effect) magnitude = uint256(int256(uint256(current)) + pending);
        return shares * magnitude / 1e18;
    }
}

/// @dev The timing rule of each stake adapter, kept by whatever an operator does: withdrawal delay, vault epoch and
/// deallocation delay outlast the challenge window and the execution of a slashing.
contract StakeTimingInvariant is SymbioticCore {
    StakeTiming internal timing;

    function setUp() public {
        timing = new StakeTiming();
        bytes4[] memory selectors = new bytes4[](8);
        selectors[0] = StakeTiming.pass.selector;
        selectors[1] = StakeTiming.stakeMore.selector;
        selectors[2] = StakeTiming.leaveNative.selector;
        selectors[3] = StakeTiming.withdrawNative.selector;
        selectors[4] = StakeTiming.leaveSymbiotic.selector;
        selectors[5] = StakeTiming.claimSymbiotic.selector;
        selectors[6] = StakeTiming.leaveEigen.selector;
        selectors[7] = StakeTiming.captureEigen.selector;
        targetContract(address(timing));
        targetSelector(FuzzSelector(address(timing), selectors));
    }

    function invariant_nativeStakeOutlastsTheDelay() public view {
        timing.checkNative();
    }

    function invariant_symbioticStakeOutlastsTheDelay() public view {
        timing.checkSymbiotic();
    }

    function invariant_restakedStakeOutlastsTheDelay() public view {
        timing.checkEigen();
    }
}
